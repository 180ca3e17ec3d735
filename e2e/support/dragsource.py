#!/usr/bin/python3
"""Another program on the desktop, from which files are dragged: dragsource.py X Y FILE...

It is a small window at X, Y. It says what happens on standard output: ready, begun, given, ended, failed. A file whose
name begins with "vanishing" is deleted as soon as it was given.
"""
import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

x, y, files = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]


def say(word):
    print(word, flush=True)


window = Gtk.Window(title="dragsource", type=Gtk.WindowType.POPUP)
window.set_default_size(60, 30)
window.move(x, y)
box = Gtk.EventBox()
box.add(Gtk.Label(label="drag"))
window.add(box)
box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
box.drag_source_add_uri_targets()


def give(_widget, _context, data, _info, _time):
    paths = [pathlib.Path(f).absolute() for f in files]
    data.set_uris([path.as_uri() for path in paths])
    for path in paths:
        if path.name.startswith("vanishing"):
            path.unlink(missing_ok=True)
    say("given")


box.connect("drag-begin", lambda *_: say("begun"))
box.connect("drag-data-get", give)
box.connect("drag-end", lambda *_: say("ended"))
box.connect("drag-failed", lambda *_: say("failed") or False)
window.show_all()
say("ready")
Gtk.main()
