package workspace

import (
	"crypto/ed25519"
	"crypto/x509"
	"database/sql"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"bearings/internal/record"
)

// A Device is a machine whose signatures this workspace trusts.
type Device struct {
	ID   string // record.DeviceID of its key
	Key  ed25519.PublicKey
	Name string
}

// DeviceOf returns the device that signs with a key.
func DeviceOf(key ed25519.PublicKey, name string) Device {
	return Device{ID: record.DeviceID(key), Key: key, Name: name}
}

// Device returns this machine's device. It has no key when the workspace was
// opened to read only.
func (w *Workspace) Device() Device {
	if w.key == nil {
		return Device{}
	}
	return DeviceOf(w.key.Public().(ed25519.PublicKey), hostname())
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "this machine"
	}
	return name
}

// Key signs in the name of this machine. It is nil when the workspace was
// opened to read only.
func (w *Workspace) Key() ed25519.PrivateKey { return w.key }

// deviceKey reads this machine's key, and makes it where there is none.
func deviceKey(dir string, random io.Reader) (ed25519.PrivateKey, error) {
	path := filepath.Join(dir, keyFile)
	text, err := secretFile(path, func() ([]byte, error) { return makeKey(random) })
	if err != nil {
		return nil, fmt.Errorf("this machine's key: %w", err)
	}
	return parseKey(path, text)
}

func parseKey(path string, text []byte) (ed25519.PrivateKey, error) {
	unusable := &Error{
		Code:    CodeDamaged,
		Message: "this machine's key " + path + " cannot be read",
		Hint:    "Put it back from a backup, or move it away: a new one is made, and what the old one signed stays valid.",
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, unusable
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, unusable
	}
	key, ok := parsed.(ed25519.PrivateKey)
	if !ok {
		return nil, unusable
	}
	return key, nil
}

func makeKey(random io.Reader) ([]byte, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed(seed))
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// registerOwnDevice makes this machine known to its own workspace.
func (w *Workspace) registerOwnDevice() error {
	known, err := deviceKeyOf(w.db, w.device)
	if err != nil || known != nil {
		return err
	}
	return insertDevice(w.writer, w.Device(), w.now())
}

func insertDevice(q querier, d Device, at time.Time) error {
	_, err := q.Exec("INSERT OR IGNORE INTO devices (id, key, name, added) VALUES (?, ?, ?, ?)",
		d.ID, []byte(d.Key), d.Name, at.UTC().Format(time.RFC3339))
	return err
}

// deviceKeyOf returns the key of a device, nil for one that is not known.
func deviceKeyOf(q querier, id string) (ed25519.PublicKey, error) {
	var key []byte
	err := q.QueryRow("SELECT key FROM devices WHERE id = ?", id).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look up device %s: %w", id, err)
	}
	if len(key) != ed25519.PublicKeySize {
		return nil, damagedError("the key of device " + id + " has a wrong length")
	}
	return key, nil
}

// DeviceOfRun returns the name of the device on which a run of the program
// took place, empty for one that is not known here: a record that came from
// an incident file has a run that never was.
func (w *Workspace) DeviceOfRun(run record.Run) (string, error) {
	var name string
	err := w.db.QueryRow("SELECT devices.name FROM batches JOIN devices ON devices.id = batches.device WHERE batches.run = ? LIMIT 1", run[:]).Scan(&name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("look up the device of a record: %w", explain(err))
	}
	return name, nil
}

// Devices lists the devices that this workspace trusts, this machine's
// included.
func (w *Workspace) Devices() ([]Device, error) {
	rows, err := w.db.Query("SELECT id, key, name FROM devices ORDER BY added, id")
	if err != nil {
		return nil, fmt.Errorf("list devices: %w", explain(err))
	}
	defer rows.Close()
	var devices []Device
	for rows.Next() {
		var d Device
		var key []byte
		if err := rows.Scan(&d.ID, &key, &d.Name); err != nil {
			return nil, fmt.Errorf("list devices: %w", explain(err))
		}
		d.Key = key
		devices = append(devices, d)
	}
	return devices, explain(rows.Err())
}
