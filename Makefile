# Thin on purpose: the scripts in build/ do the work, and each can be run by itself.
.PHONY: help run test build check bench soak shots

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 14

run: ## build what changed and open the window, on a sample incident where there is none
	@build/run

test: ## run every test: Go, front end, the real window, the page in Chromium
	@build/test

build: ## build the program into build/bin/bearings
	@build/install build
	@build/window release

check: ## format, vet, lint and type checks, and the size of the page
	@build/check

bench: ## measure, against peers and limits, in one table
	@build/bench

soak: ## the long forms of the proofs that sharing holds: hours
	@build/soak

shots: ## the pictures of the guide, into docs/pictures
	@build/shots
