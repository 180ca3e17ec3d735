package exchange_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bearings/internal/incident"
	"bearings/internal/workspace"
)

func checkClean(t *testing.T, ws *workspace.Workspace) workspace.CheckReport {
	t.Helper()
	if err := ws.Tend(); err != nil {
		t.Fatal(err)
	}
	report, err := ws.Check(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, trouble := range report.Troubles {
		t.Errorf("check: %s: %s", trouble.Where, trouble.What)
	}
	return report
}

// sameInstant reports whether two values of JSON are one time.
func sameInstant(a, b any) bool {
	x, isText := a.(string)
	y, isTextToo := b.(string)
	if !isText || !isTextToo {
		return false
	}
	at, err := time.Parse(time.RFC3339, x)
	if err != nil {
		return false
	}
	other, err := time.Parse(time.RFC3339, y)
	return err == nil && at.Equal(other)
}

func asError(err error, refused **incident.Error) bool { return errors.As(err, refused) }
