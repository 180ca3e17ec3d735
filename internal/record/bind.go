package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A FieldError says what is wrong with a field, in words for people: "title is
// missing".
type FieldError struct {
	Field string
	Why   string // what follows the name, "is missing"
}

func (e *FieldError) Error() string { return e.Field + " " + e.Why }

// Bind fills the struct that into points to from fields, by its tags:
//
//	Title    string   `field:"title,required"`
//	Severity Severity `field:"severity,oneof=SEV1|SEV2|SEV3|SEV4"`
//
// It knows strings and types made of them, bool, int, float64, []string,
// map[string]string and time.Time (RFC 3339 with a zone), pointers to all of
// these, json.RawMessage for any value as it is written, and structs embedded
// in the struct.
//
// A field that is null counts as absent, and so does an empty text, list or
// object unless the struct has a pointer for it: a pointer tells "not there"
// (nil) from "there and empty". A required text must not be blank. oneof is
// for texts and for the values of an object. Fields without a place in the
// struct are passed over.
//
// What is wrong with a field is a *FieldError. A struct that Bind cannot fill
// is a mistake of the program, and panics. The texts share memory with the
// fields.
func Bind(fields []Field, into any) error {
	v := reflect.ValueOf(into).Elem()
	plan := planOf(v.Type())
	for i := range plan {
		if err := plan[i].bind(fields, v); err != nil {
			return err
		}
	}
	return nil
}

// A BoundField is a field that Bind reads into a struct, by its tag.
type BoundField struct {
	Name     string
	Required bool
	OneOf    []string     // the only texts that it may hold; nil for any
	Pointer  bool         // it tells "not there" from "there and empty"
	Type     reflect.Type // of the value, without the pointer
}

// BoundFields lists the fields that Bind reads into the struct that into
// points to, in the order of the struct.
func BoundFields(into any) []BoundField {
	var out []BoundField
	for _, t := range planOf(reflect.TypeOf(into).Elem()) {
		out = append(out, BoundField{Name: t.name, Required: t.required, OneOf: t.oneof, Pointer: t.pointer, Type: t.elem})
	}
	return out
}

// A target is a field of a struct that Bind fills.
type target struct {
	name     string
	index    []int
	required bool
	pointer  bool
	oneof    []string
	set      func(v reflect.Value, value []byte) error // sets the value itself, or what the pointer points to
	elem     reflect.Type
}

var plans sync.Map // reflect.Type → []target

func planOf(t reflect.Type) []target {
	if p, ok := plans.Load(t); ok {
		return p.([]target)
	}
	p, _ := plans.LoadOrStore(t, makePlan(t, nil))
	return p.([]target)
}

func makePlan(t reflect.Type, parent []int) []target {
	var plan []target
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(slices.Clone(parent), i)
		tag, ok := f.Tag.Lookup("field")
		if !ok {
			if f.Anonymous && f.Type.Kind() == reflect.Struct {
				plan = append(plan, makePlan(f.Type, index)...)
			}
			continue
		}
		plan = append(plan, makeTarget(f, tag, index))
	}
	return plan
}

func makeTarget(f reflect.StructField, tag string, index []int) target {
	name, options, _ := strings.Cut(tag, ",")
	t := target{name: name, index: index, elem: f.Type}
	if f.Type.Kind() == reflect.Pointer {
		t.pointer, t.elem = true, f.Type.Elem()
	}
	for option := range strings.SplitSeq(options, ",") {
		switch list, found := strings.CutPrefix(option, "oneof="); {
		case found:
			t.oneof = strings.Split(list, "|")
		case option == "required":
			t.required = true
		case option != "":
			panic(fmt.Sprintf("record: unknown option %q of field %s", option, name))
		}
	}
	t.set = setterOf(t.elem)
	return t
}

func setterOf(t reflect.Type) func(reflect.Value, []byte) error {
	switch {
	case t == reflect.TypeFor[json.RawMessage]():
		return setRaw
	case t == reflect.TypeFor[time.Time]():
		return setTime
	case t.Kind() == reflect.String:
		return setText
	case t.Kind() == reflect.Bool:
		return setBool
	case t.Kind() == reflect.Int:
		return setInt
	case t.Kind() == reflect.Float64:
		return setFloat
	case t == reflect.TypeFor[[]string]():
		return setTexts
	case t == reflect.TypeFor[map[string]string]():
		return setMap
	}
	panic(fmt.Sprintf("record: cannot bind a field to a %s", t))
}

// Why a value was refused; completed to a sentence by the field's name.
var (
	errNotText   = errors.New("must be a text")
	errNotTexts  = errors.New("must be a list of texts")
	errNotMap    = errors.New("must be an object whose values are texts")
	errNotBool   = errors.New("must be true or false")
	errNotNumber = errors.New("must be a number")
	errNotWhole  = errors.New("must be a whole number")
	errTooLarge  = errors.New("is too large a number")
	errTwice     = errors.New("has a key twice")
	errNotTime   = errors.New("must be a time with a zone in the years 1970 to 9999, such as 2006-01-02T15:04:05Z")
)

func (t *target) bind(fields []Field, into reflect.Value) error {
	value := find(fields, t.name)
	if value == nil || string(value) == "null" || !t.pointer && isEmpty(value) {
		if t.required {
			return &FieldError{t.name, "is missing"}
		}
		return nil
	}
	v := into.FieldByIndex(t.index)
	if t.pointer {
		v.Set(reflect.New(t.elem))
		v = v.Elem()
	}
	if err := t.set(v, value); err != nil {
		return &FieldError{t.name, err.Error()}
	}
	if v.Kind() == reflect.String {
		return t.checkText(v.String())
	}
	if t.oneof != nil && v.Kind() == reflect.Map {
		for _, text := range v.Interface().(map[string]string) {
			if err := t.checkText(text); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *target) checkText(text string) error {
	if t.required && isBlank(text) {
		return &FieldError{t.name, "is missing"}
	}
	if t.oneof == nil || slices.Contains(t.oneof, text) {
		return nil
	}
	return &FieldError{t.name, fmt.Sprintf("must be one of %s, not %q", strings.Join(t.oneof, ", "), text)}
}

func find(fields []Field, key string) []byte {
	for i := range fields {
		if fields[i].Key == key {
			return fields[i].Value
		}
	}
	return nil
}

func isEmpty(value []byte) bool {
	return len(value) == 2 && (string(value) == `""` || string(value) == "[]" || string(value) == "{}")
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

func setRaw(v reflect.Value, value []byte) error {
	v.SetBytes(value)
	return nil
}

func setText(v reflect.Value, value []byte) error {
	text, ok := textOf(value)
	if !ok {
		return errNotText
	}
	v.SetString(text)
	return nil
}

func setBool(v reflect.Value, value []byte) error {
	switch string(value) {
	case "true":
		v.SetBool(true)
	case "false":
		v.SetBool(false)
	default:
		return errNotBool
	}
	return nil
}

func setInt(v reflect.Value, value []byte) error {
	if !isNumber(value) {
		return errNotNumber
	}
	n, err := strconv.ParseInt(string(value), 10, strconv.IntSize)
	if errors.Is(err, strconv.ErrRange) {
		return errTooLarge
	}
	if err != nil {
		return errNotWhole
	}
	v.SetInt(n)
	return nil
}

func setFloat(v reflect.Value, value []byte) error {
	if !isNumber(value) {
		return errNotNumber
	}
	n, err := strconv.ParseFloat(string(value), 64)
	if err != nil {
		return errTooLarge
	}
	v.SetFloat(n)
	return nil
}

func isNumber(value []byte) bool {
	if len(value) == 0 || value[0] != '-' && (value[0] < '0' || value[0] > '9') {
		return false
	}
	s := scanner{data: value}
	end, err := s.number(0)
	return err == nil && end == len(value)
}

func setTime(v reflect.Value, value []byte) error {
	t, ok := timeOf(value)
	if !ok {
		return errNotTime
	}
	*v.Addr().Interface().(*time.Time) = t
	return nil
}

func timeOf(value []byte) (time.Time, bool) {
	text, ok := textOf(value)
	if !ok {
		return time.Time{}, false
	}
	return parseTime(text)
}

func setTexts(v reflect.Value, value []byte) error {
	if len(value) == 0 || value[0] != '[' {
		return errNotTexts
	}
	texts := make([]string, 0, 4)
	s := scanner{data: value}
	end, err := s.elements(0, 1, func(from, to int) error {
		text, ok := textOf(value[from:to])
		if !ok {
			return errNotTexts
		}
		texts = append(texts, text)
		return nil
	})
	if err != nil || end != len(value) {
		return errNotTexts
	}
	*v.Addr().Interface().(*[]string) = texts
	return nil
}

func setMap(v reflect.Value, value []byte) error {
	if len(value) == 0 || value[0] != '{' {
		return errNotMap
	}
	texts := map[string]string{}
	s := scanner{data: value}
	twice := false
	end, err := s.members(0, 1, func(key string, _, from, to int) error {
		text, ok := textOf(value[from:to])
		if !ok {
			return errNotMap
		}
		_, there := texts[key]
		twice = twice || there
		texts[key] = text
		return nil
	})
	if err != nil || end != len(value) {
		return errNotMap
	}
	if twice {
		return errTwice
	}
	*v.Addr().Interface().(*map[string]string) = texts
	return nil
}

// textOf returns the text of a JSON string, and whether the value is one.
func textOf(value []byte) (string, bool) {
	if len(value) < 2 || value[0] != '"' {
		return "", false
	}
	s := scanner{data: value}
	end, escaped, err := s.str(0)
	if err != nil || end != len(value) {
		return "", false
	}
	return s.text(0, end, escaped), true
}
