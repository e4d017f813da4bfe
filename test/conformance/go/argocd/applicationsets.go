package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/sirupsen/logrus"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	conformance "cdk8s-fairway/conformance/common"
)

// applicationSet is an ApplicationSet that was read.
type applicationSet struct {
	object
	set *v1alpha1.ApplicationSet
}

// checkApplicationSets has the controller's own code make the Applications, and holds them to their projects. What
// generators would ask a cluster or a server for is made up: a parameter that is missing then is no finding.
func (t *tree) checkApplicationSets(report *conformance.Report) {
	for _, each := range t.sets {
		if err := checkNested(each.set.Spec.Generators); err != nil {
			report.Add(each.Document, "application-set", err)
		}
		asked := &outside{}
		all := generatorsOf(asked)
		applications, reason, err := template.GenerateApplications(logrus.NewEntry(logrus.StandardLogger()), *each.set, all, &utils.Render{}, nil)
		if err != nil && !(asked.was && isMissing(err)) {
			report.Add(each.Document, "application-set", fmt.Sprintf("%s: %v", reason, err))
			continue
		}
		if !asked.was {
			t.checkGenerated(report, each, applications)
		}
		report.Note(each.Document, fmt.Sprintf("%d applications are generated", len(applications)))
	}
}

// checkNested reads the generators inside of inner ones with unknown fields as errors: for the API server they are any JSON.
func checkNested(all []v1alpha1.ApplicationSetGenerator) error {
	for _, each := range all {
		nested := []v1alpha1.ApplicationSetNestedGenerator{}
		if each.Matrix != nil {
			nested = append(nested, each.Matrix.Generators...)
		}
		if each.Merge != nil {
			nested = append(nested, each.Merge.Generators...)
		}
		for _, inner := range nested {
			if inner.Matrix != nil {
				if err := yaml.UnmarshalStrict(inner.Matrix.Raw, &v1alpha1.NestedMatrixGenerator{}); err != nil {
					return err
				}
			}
			if inner.Merge != nil {
				if err := yaml.UnmarshalStrict(inner.Merge.Raw, &v1alpha1.NestedMergeGenerator{}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (t *tree) checkGenerated(report *conformance.Report, set applicationSet, applications []v1alpha1.Application) {
	names := map[string]bool{}
	for index := range applications {
		app := &applications[index]
		if names[app.Name] {
			report.Add(set.Document, "application-set", fmt.Sprintf("two applications are named %q", app.Name))
		}
		names[app.Name] = true
		project, found := t.projects[app.Spec.GetProject()]
		if !found {
			report.Add(set.Document, "project-missing", fmt.Sprintf("no AppProject %q is synthesized", app.Spec.GetProject()))
			continue
		}
		checkSyncOptions(report, set.object, syncOptionsOf(app))
		t.checkPermissions(report, synced{set.object, app}, project)
	}
	checkSteps(report, set, applications)
}

// checkSteps holds the labels of every application against the steps of a rolling sync.
func checkSteps(report *conformance.Report, set applicationSet, applications []v1alpha1.Application) {
	strategy := set.set.Spec.Strategy
	if strategy == nil || strategy.Type != "RollingSync" {
		return
	}
	if strategy.RollingSync == nil || len(strategy.RollingSync.Steps) == 0 {
		report.Add(set.Document, "rolling-sync", "there are no steps")
		return
	}
	for index := range applications {
		steps := 0
		for _, step := range strategy.RollingSync.Steps {
			if isIn(applications[index].Labels, step.MatchExpressions) {
				steps++
			}
		}
		if steps != 1 {
			report.Add(set.Document, "rolling-sync", fmt.Sprintf("the application %q is in %d steps", applications[index].Name, steps))
		}
		if policy := applications[index].Spec.SyncPolicy; policy != nil && policy.IsAutomatedSyncEnabled() {
			report.Add(set.Document, "rolling-sync", "the automated sync of the template is switched off")
		}
	}
}

func isIn(labels map[string]string, expressions []v1alpha1.ApplicationMatchExpression) bool {
	for _, expression := range expressions {
		value, found := labels[expression.Key]
		among := false
		for _, each := range expression.Values {
			among = among || found && each == value
		}
		if (expression.Operator == "In") != among {
			return false
		}
	}
	return true
}

// isMissing says whether a template was sound and a parameter was not there.
func isMissing(err error) bool {
	for _, text := range []string{"map has no entry for key", "can't evaluate field", "nil pointer evaluating", "error calling index", "wrong type for value"} {
		if strings.Contains(err.Error(), text) {
			return true
		}
	}
	return false
}

// generatorsOf builds the tree of generators as the controller does (argo-cd applicationset/generators/utils.go).
func generatorsOf(asked *outside) map[string]generators.Generator {
	terminal := map[string]generators.Generator{
		"List":                    generators.NewListGenerator(),
		"Clusters":                &outsideGenerator{asked, clustersTemplate},
		"Git":                     &outsideGenerator{asked, gitTemplate},
		"SCMProvider":             &outsideGenerator{asked, scmTemplate},
		"ClusterDecisionResource": &outsideGenerator{asked, decisionTemplate},
		"PullRequest":             &outsideGenerator{asked, pullRequestTemplate},
		"Plugin":                  &outsideGenerator{asked, pluginTemplate},
	}
	nested := withCombined(terminal, terminal)
	return withCombined(terminal, nested)
}

func withCombined(plain, inner map[string]generators.Generator) map[string]generators.Generator {
	all := map[string]generators.Generator{"Matrix": generators.NewMatrixGenerator(inner), "Merge": generators.NewMergeGenerator(inner)}
	for name, generator := range plain {
		all[name] = generator
	}
	return all
}

// outside remembers whether something outside was asked.
type outside struct{ was bool }

type outsideGenerator struct {
	asked      *outside
	templateOf func(*v1alpha1.ApplicationSetGenerator) *v1alpha1.ApplicationSetTemplate
}

func clustersTemplate(g *v1alpha1.ApplicationSetGenerator) *v1alpha1.ApplicationSetTemplate {
	return &g.Clusters.Template
}
func gitTemplate(g *v1alpha1.ApplicationSetGenerator) *v1alpha1.ApplicationSetTemplate {
	return &g.Git.Template
}
func scmTemplate(g *v1alpha1.ApplicationSetGenerator) *v1alpha1.ApplicationSetTemplate {
	return &g.SCMProvider.Template
}
func decisionTemplate(g *v1alpha1.ApplicationSetGenerator) *v1alpha1.ApplicationSetTemplate {
	return &g.ClusterDecisionResource.Template
}
func pullRequestTemplate(g *v1alpha1.ApplicationSetGenerator) *v1alpha1.ApplicationSetTemplate {
	return &g.PullRequest.Template
}
func pluginTemplate(g *v1alpha1.ApplicationSetGenerator) *v1alpha1.ApplicationSetTemplate {
	return &g.Plugin.Template
}

func (g *outsideGenerator) GetRequeueAfter(*v1alpha1.ApplicationSetGenerator) time.Duration { return 0 }

func (g *outsideGenerator) GetTemplate(generator *v1alpha1.ApplicationSetGenerator) *v1alpha1.ApplicationSetTemplate {
	return g.templateOf(generator)
}

func (g *outsideGenerator) GenerateParams(generator *v1alpha1.ApplicationSetGenerator, set *v1alpha1.ApplicationSet, _ client.Client) ([]map[string]any, error) {
	g.asked.was = true
	if git := generator.Git; git != nil && len(git.Directories) == 0 && len(git.Files) == 0 {
		return nil, generators.ErrEmptyAppSetGenerator
	}
	if !set.Spec.GoTemplate {
		return []map[string]any{{"name": "sample", "server": "https://sample.invalid", "path": "sample", "path.basename": "sample", "number": "1", "branch": "sample"}}, nil
	}
	return []map[string]any{{
		"name": "sample", "nameNormalized": "sample", "server": "https://sample.invalid", "project": "",
		"metadata": map[string]any{"labels": map[string]any{}, "annotations": map[string]any{}},
		"path":     map[string]any{"path": "sample", "basename": "sample", "basenameNormalized": "sample", "filename": "sample.yaml", "filenameNormalized": "sample.yaml", "segments": []any{"sample"}},
		"number":   "1", "title": "sample", "branch": "sample", "branch_slug": "sample", "target_branch": "main", "target_branch_slug": "main", "head_sha": strings.Repeat("0", 40),
		"head_short_sha": "00000000", "head_short_sha_7": "0000000", "labels": []string{"sample"}, "author": "sample",
		"organization": "sample", "repository": "sample", "url": "https://sample.invalid/sample", "branchNormalized": "sample", "sha": strings.Repeat("0", 40),
		"values": map[string]any{},
	}}, nil
}
