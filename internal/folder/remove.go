package folder

import (
	"fmt"

	"bearings/internal/workspace"
)

// remove takes a device out of the members, and makes a key that it does not
// have. What it had it keeps, and what others write before they hear of it it
// may still read.
func (m *membership) remove(device string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.mustBeMember(); err != nil {
		return err
	}
	member := m.circle.members[device]
	switch {
	case member == nil || member.removed != nil && member.removed.never:
		return &workspace.Error{Code: workspace.CodeNotFound, Message: fmt.Sprintf("there is no member with the device %.40q", device), Hint: "bearings members lists them."}
	case member.removed != nil:
		return nil
	case device == m.self():
		return &workspace.Error{
			Code:    workspace.CodeInvalid,
			Message: "a machine does not remove itself",
			Hint:    "To stop sharing here, leave the shared folder. To shut this machine out, remove it on another one.",
		}
	}
	trusted, err := m.trusted()
	if err != nil {
		return err
	}
	if err := m.sayRemoved(device, trusted); err != nil {
		return err
	}
	if m.circle.isActive(device) {
		return &workspace.Error{
			Code:    CodeNotMember,
			Message: "this machine cannot remove that one: it was itself removed by somebody who came before it",
			Hint:    "Ask another member to do it.",
		}
	}
	return m.act()
}
