# The commands of this project. What they do is in scripts/.
.PHONY: help run centre test torture audit bench goals lint package deps reset bindings

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: ## build, load the sample hotel, and open the window on it
	@scripts/run.sh

centre: ## build a centre and start it with a database of its own, to try several desks
	@scripts/centre.sh

test: ## every check and every test, the real window's included
	@scripts/test.sh

torture: ## the long versions of the tests of faults beside their goals; PART=power runs one part
	@scripts/torture.sh

audit: ## licences, sources and known faults of the dependencies, and a list of all of them
	@scripts/audit.sh

bench: ## measure, and print each goal beside its figure; PART=reserve measures one part
	@scripts/bench.sh

goals: ## each goal of docs/GOALS.md beside the figure that is on record; nothing is run
	@scripts/goals.sh

lint: ## formats, lints and types of Rust, TypeScript and shell
	@scripts/lint.sh

package: ## the .deb and .rpm packages, with the window, keyrackctl and the sample hotel
	@scripts/package.sh

deps: ## install every system package that building and testing need
	@scripts/toolchain.sh
	@scripts/packages.sh run test

reset: ## start the sample hotel anew; no other file is touched
	@scripts/reset.sh

bindings: ## write the TypeScript types of the boundary anew from the Rust types
	@scripts/bindings.sh
