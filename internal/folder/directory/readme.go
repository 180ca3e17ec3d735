package directory

// readme is for who finds the folder and wonders.
const readme = `This folder is shared by people who work on incidents with Bearings.

Whatever keeps it in step between your machines (Syncthing, Dropbox, a network
drive) may do with it as it likes. Bearings adds files here; what a machine
wrote more than a day ago it lays together in fewer files, in packs. Every
machine keeps everything in a place of its own as well: deleting files here, or
all of them, deletes no incident. They are put back by any machine that has
them, once somebody shares the folder again.

bearings.json   says which workspace is shared here; nothing works without it
members, invitations, removals, keys    who shares it
logs            what was written down, signed by the machine that wrote it
packs           the same of earlier days, compressed: zstd -d reads it
blobs           files of evidence
briefs          BRIEF.html and BRIEF.md of open incidents, for who has no window

Please do not edit these files: a line that was changed is not taken in.
`
