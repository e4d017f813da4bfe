package main

import (
	"fmt"
	"regexp"

	"github.com/Masterminds/semver/v3"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-fairway/conformance/common"
)

type name struct{ kind, namespace, name string }

type checker struct {
	report    *common.Report
	schemas   schemas
	functions map[string]bool
	names     map[name]bool
}

// check says what Kargo's webhooks and its controllers would refuse of an object that its definition accepts.
func (c checker) check(document common.Document, object *unstructured.Unstructured) {
	spec, _, _ := unstructured.NestedMap(object.Object, "spec")
	switch object.GetKind() {
	case "ProjectConfig":
		if object.GetName() != object.GetNamespace() {
			c.report.Add(document, "name", "a ProjectConfig has the name of its namespace")
		}
	case "Warehouse":
		c.warehouse(document, spec)
	case "Stage":
		c.references(document, object, spec)
		template, _, _ := unstructured.NestedMap(spec, "promotionTemplate", "spec")
		c.steps(document, listOf(template["steps"]), true)
	case "PromotionTask", "ClusterPromotionTask":
		c.steps(document, listOf(spec["steps"]), false)
	}
}

func (c checker) warehouse(document common.Document, spec map[string]any) {
	for _, each := range listOf(spec["subscriptions"]) {
		for kind, subscription := range each {
			fields, ok := subscription.(map[string]any)
			if !ok {
				c.report.Add(document, "subscription", fmt.Sprintf("%s is no map", kind))
				continue
			}
			c.schemas.subscription(c.report, document, kind, fields)
			c.constraint(document, kind, fields)
			for _, field := range []string{"allowTagsRegexes", "ignoreTagsRegexes"} {
				for _, pattern := range textsOf(fields[field]) {
					if _, err := regexp.Compile(pattern); err != nil {
						c.report.Add(document, "pattern", err)
					}
				}
			}
			for _, field := range []string{"allowTags", "ignoreTags"} {
				if fields[field] != nil {
					c.report.Add(document, "subscription", fmt.Sprintf("%s makes every discovery fail", field))
				}
			}
			if filter, ok := fields["expressionFilter"].(string); ok {
				c.expression(document, filter)
			}
		}
	}
	criteria, _ := spec["freightCreationCriteria"].(map[string]any)
	if criterion, ok := criteria["expression"].(string); ok {
		c.expression(document, criterion)
	}
}

func (c checker) constraint(document common.Document, kind string, fields map[string]any) {
	field := "semverConstraint"
	if kind == "image" {
		if strategy := fields["imageSelectionStrategy"]; strategy != nil && strategy != "SemVer" {
			return
		}
		field = "constraint"
	}
	if constraint, ok := fields[field].(string); ok {
		if _, err := semver.NewConstraint(constraint); err != nil {
			c.report.Add(document, "constraint", err)
		}
	}
}

// references are looked up where the Project is there: else they come from elsewhere.
func (c checker) references(document common.Document, object *unstructured.Unstructured, spec map[string]any) {
	namespace := object.GetNamespace()
	if !c.names[name{"Project", "", namespace}] {
		return
	}
	for _, request := range listOf(spec["requestedFreight"]) {
		warehouse, _, _ := unstructured.NestedString(request, "origin", "name")
		if !c.names[name{"Warehouse", namespace, warehouse}] {
			c.report.Add(document, "reference", fmt.Sprintf("there is no Warehouse %q", warehouse))
		}
		stages, _, _ := unstructured.NestedStringSlice(request, "sources", "stages")
		for _, stage := range stages {
			if !c.names[name{"Stage", namespace, stage}] {
				c.report.Add(document, "reference", fmt.Sprintf("there is no Stage %q", stage))
			}
		}
	}
}

func listOf(value any) []map[string]any {
	found := []map[string]any{}
	list, _ := value.([]any)
	for _, each := range list {
		if fields, ok := each.(map[string]any); ok {
			found = append(found, fields)
		}
	}
	return found
}

func textsOf(value any) []string {
	found := []string{}
	list, _ := value.([]any)
	for _, each := range list {
		found = append(found, fmt.Sprint(each))
	}
	return found
}
