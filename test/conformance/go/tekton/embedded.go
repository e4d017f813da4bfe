package main

import (
	"regexp"
	"strings"

	"sigs.k8s.io/yaml"

	"cdk8s-fairway/conformance/common"
)

var (
	hereDocument = regexp.MustCompile(`(?s)<<-?\s*['"]?(\w+)['"]?[^\n]*\n(.*?)\n\s*(\w+)\s*(?:\n|$)`)
	ofTekton     = regexp.MustCompile(`"?apiVersion"?:\s*"?(?:triggers\.)?tekton\.dev/`)
	holders      = map[string]bool{"CronJob": true, "ConfigMap": true, "Job": true}
)

// embeddedIn finds the objects of Tekton that a CronJob, a Job or a ConfigMap creates from text: as a value, or as a here-document of a script.
func embeddedIn(document common.Document) []common.Document {
	value := map[string]any{}
	if yaml.Unmarshal([]byte(document.Text), &value) != nil {
		return nil
	}
	if kind, _ := value["kind"].(string); !holders[kind] {
		return nil
	}
	found := []common.Document{}
	for _, text := range stringsOf(value) {
		if !ofTekton.MatchString(text) {
			continue
		}
		for _, candidate := range append([]string{text}, hereDocumentsOf(text)...) {
			for _, part := range strings.Split(candidate, "\n---\n") {
				object := map[string]any{}
				if yaml.Unmarshal([]byte(part), &object) == nil && object["kind"] != nil {
					found = append(found, common.Document{File: document.File, Object: document.Object, Text: part})
				}
			}
		}
	}
	return found
}

func hereDocumentsOf(text string) []string {
	found := []string{}
	for _, match := range hereDocument.FindAllStringSubmatch(text, -1) {
		if match[1] == match[3] {
			found = append(found, match[2])
		}
	}
	return found
}

func stringsOf(value any) []string {
	found := []string{}
	switch value := value.(type) {
	case string:
		found = append(found, value)
	case []any:
		for _, item := range value {
			found = append(found, stringsOf(item)...)
		}
	case map[string]any:
		for _, item := range value {
			found = append(found, stringsOf(item)...)
		}
	}
	return found
}
