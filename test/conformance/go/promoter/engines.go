package main

import (
	"fmt"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
	"github.com/argoproj-labs/gitops-promoter/api/v1alpha1"
	"github.com/expr-lang/expr"
	"github.com/robfig/cron/v3"

	"cdk8s-fairway/conformance/common"
)

// commit is what an expression of a GitCommitStatus knows (internal/controller/gitcommitstatus_controller.go, CommitData).
var commit = map[string]any{"SHA": "", "Subject": "", "Body": "", "Author": "", "Trailers": map[string][]string{}}

func (c checker) expression(document common.Document, text string, environment map[string]any) {
	options := []expr.Option{}
	if environment != nil {
		options = append(options, expr.Env(environment), expr.AsBool())
	}
	if _, err := expr.Compile(text, options...); err != nil {
		c.report.Add(document, "expression", err)
	}
}

func (c checker) template(document common.Document, text string) {
	functions := sprig.TxtFuncMap()
	for _, absent := range []string{"env", "expandenv", "getHostByName"} {
		delete(functions, absent)
	}
	functions["urlQueryEscape"] = func(value string) string { return value }
	if _, err := template.New("").Funcs(functions).Parse(text); err != nil {
		c.report.Add(document, "template", err)
	}
}

var parser = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)

func (c checker) schedule(document common.Document, spec v1alpha1.ScheduledCommitStatusSpec) {
	windows := append(append([]v1alpha1.CronWindow{}, spec.Allow...), spec.Exclude...)
	for _, environment := range spec.Environments {
		windows = append(append(windows, environment.Allow...), environment.Exclude...)
	}
	for _, window := range windows {
		schedule, err := parser.Parse(window.Cron)
		if err == nil && schedule.Next(time.Unix(0, 0)).IsZero() {
			err = fmt.Errorf("%q never comes", window.Cron)
		}
		if err == nil && window.Duration.Duration <= 0 {
			err = fmt.Errorf("%q is open for no time", window.Cron)
		}
		if err == nil {
			_, err = time.LoadLocation(window.Timezone)
		}
		if err == nil {
			_, err = time.LoadLocation(spec.Timezone)
		}
		if err != nil {
			c.report.Add(document, "schedule", err)
		}
	}
}

func (c checker) webRequest(document common.Document, spec v1alpha1.WebRequestCommitStatusSpec) {
	request := spec.HTTPRequest
	for _, text := range []string{spec.DescriptionTemplate, spec.UrlTemplate, request.URLTemplate, request.MethodTemplate, request.BodyTemplate} {
		c.template(document, text)
	}
	for _, text := range request.HeaderTemplates {
		c.template(document, text)
	}
	conditions := []v1alpha1.WhenWithOutputSpec{spec.Success.When}
	if trigger := spec.Mode.Trigger; trigger != nil {
		conditions = append(conditions, trigger.When)
		if trigger.Response != nil {
			c.expression(document, trigger.Response.Output.Expression, nil)
		}
	}
	for _, condition := range conditions {
		c.expression(document, condition.Expression, nil)
		for _, output := range []*v1alpha1.OutputSpec{condition.Output, condition.Variables} {
			if output != nil {
				c.expression(document, output.Expression, nil)
			}
		}
	}
}
