package app

// SharingWords are what the page about sharing explains. They stand here, not
// in the page: what sealing, removing and leaving mean is for one place to say.
type SharingWords struct {
	Lede    string `json:"lede"`
	Invited string `json:"invited"` // what those do who were invited
	Sealed  string `json:"sealed"`
	Plain   string `json:"plain"`
	Briefs  string `json:"briefs"`
	Bare    string `json:"bare"`   // what keeping briefs means where all else is sealed
	Invite  string `json:"invite"` // what an invitation is
	Open    string `json:"open"`   // how others join where nothing is sealed
	Check   string `json:"check"`
	Again   string `json:"again"`  // how to share again after it stopped
	Remove  string `json:"remove"` // what removing a machine means
	Leave   string `json:"leave"`  // what it means to stop sharing
}

func sharingWords(sealed bool) SharingWords {
	w := SharingWords{
		Lede: "Several people, each on a machine of their own, in reach of each other or not, and one truth about the incident. It travels through a folder that something you already have carries between you: " +
			"Syncthing, Dropbox, OneDrive, iCloud, a network drive. There is no server. The folder only carries: everybody keeps everything.",
		Invited: "Were you invited? Choose the folder too: Bearings finds what is shared there. Nothing is written before the second step is done, and your incidents stay on this machine whatever becomes of the folder.",
		Sealed:  "Whoever else gets hold of the folder, and who carries it, reads no word: they see sizes, times and the names of machines.",
		Plain:   "Nothing to invite to, and a folder that any program can search. Whoever can open it reads all, and can join.",
		Briefs:  "Keep the brief of each open incident in the folder too, as a page for those without Bearings",
		Bare:    ". It is not sealed: whoever can open the folder reads it",
		Invite:  "Make one for each person. It is two things that go two ways: a file, and six words that open it.",
		Open:    "No invitation is needed: whoever can open the folder joins by choosing it in Bearings, on this same page. Make sure that only those can open it who are to read it.",
		Check:   "Reads every change, document and file in it, and says what is wrong, and where.",
		Again:   "Where the folder is another one, or broken, stop sharing here first, then choose the folder, as at the beginning. A machine that was removed comes back with a new workspace and a new invitation. All that is here stays.",
		Remove:  "What it writes from now on is kept aside. The folder is not sealed: as long as the machine can open it, it reads what is written there. What it has already, it keeps.",
		Leave:   "You work alone from then on. All that is here stays, and the folder is left as it is: the others go on. What you have not shared yet, they do not get.",
	}
	if sealed {
		w.Remove = "It reads nothing that is written from now on, and what it writes is kept aside. What it has already, it keeps: nobody can take that back. To come back, it has to be invited anew."
	}
	return w
}
