// Package common is what every checker reads and writes: documents in, a report out, both JSON.
package common

import (
	"encoding/json"
	"fmt"
	"os"
)

// Document is one object of a YAML file, as its text stands in the file.
type Document struct {
	File   string `json:"file"`
	Object string `json:"object"`
	Text   string `json:"text"`
}

// Finding is a rule that an object breaks.
type Finding struct {
	File    string `json:"file"`
	Object  string `json:"object"`
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// Report is the outcome of one checker. Known lists the objects whose kind it can judge.
type Report struct {
	Known    []string  `json:"known"`
	Findings []Finding `json:"findings"`
	Notes    []string  `json:"notes"`
}

// Add records that the object of document breaks the rule.
func (r *Report) Add(document Document, rule string, message any) {
	r.Findings = append(r.Findings, Finding{document.File, document.Object, rule, fmt.Sprint(message)})
}

// Note records what is worth knowing about the object and breaks no rule.
func (r *Report) Note(document Document, message string) {
	r.Notes = append(r.Notes, fmt.Sprintf("%s: %s: %s", document.File, document.Object, message))
}

// Judge records that the kind of the object is one that the checker knows.
func (r *Report) Judge(document Document) {
	r.Known = append(r.Known, document.Object)
}

// Main reads the request from standard input, checks it and prints the report.
func Main[Request any](check func(Request) (*Report, error)) {
	var request Request
	err := json.NewDecoder(os.Stdin).Decode(&request)
	if err == nil {
		var report *Report
		if report, err = check(request); err == nil {
			err = json.NewEncoder(os.Stdout).Encode(report)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
