package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/xeipuuv/gojsonschema"

	"cdk8s-fairway/conformance/common"
)

// schemas are the folders that hold the schemas of steps and of subscriptions.
type schemas struct{ steps, subscriptions string }

var reserved = regexp.MustCompile(`^(step|task)-\d+$`)

func (c checker) steps(document common.Document, steps []map[string]any, areTasksAllowed bool) {
	aliases := map[string]bool{}
	for i, step := range steps {
		if alias, ok := step["as"].(string); ok {
			if aliases[alias] || reserved.MatchString(alias) {
				c.report.Add(document, "alias", fmt.Sprintf("the alias %q is not free", alias))
			}
			aliases[alias] = true
		}
		c.templates(document, step)
		if step["task"] != nil {
			if !areTasksAllowed || step["config"] != nil || step["if"] != nil {
				c.report.Add(document, "task", fmt.Sprintf("step %d runs a task and more", i))
			}
			continue
		}
		uses, _ := step["uses"].(string)
		config, _ := step["config"].(map[string]any)
		c.schemas.step(c.report, document, uses, config)
	}
}

func (s schemas) step(report *common.Report, document common.Document, uses string, config map[string]any) {
	path := filepath.Join(s.steps, uses+"-config.json")
	if _, err := os.Stat(path); err != nil {
		report.Add(document, "step", fmt.Sprintf("there is no step %q", uses))
		return
	}
	if config == nil {
		config = map[string]any{}
	}
	validate(report, document, "step", gojsonschema.NewReferenceLoader("file://"+path), config)
}

func (s schemas) subscription(report *common.Report, document common.Document, kind string, fields map[string]any) {
	text, err := os.ReadFile(filepath.Join(s.subscriptions, kind+".json"))
	if err != nil {
		report.Add(document, "subscription", fmt.Sprintf("there is no subscription %q", kind))
		return
	}
	// The library knows no draft that is so new.
	older := strings.Replace(string(text), "https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#", 1)
	validate(report, document, "subscription", gojsonschema.NewStringLoader(older), fields)
}

func validate(report *common.Report, document common.Document, rule string, schema gojsonschema.JSONLoader, value map[string]any) {
	result, err := gojsonschema.Validate(schema, gojsonschema.NewGoLoader(value))
	if err != nil {
		report.Add(document, rule, err)
		return
	}
	for _, each := range result.Errors() {
		// What an expression comes to is not known yet.
		if text, ok := each.Value().(string); !ok || !strings.Contains(text, "${{") && !strings.Contains(text, "${%") {
			report.Add(document, rule, each)
		}
	}
}
