// Runs the checks that Trivy embeds over Kubernetes objects.
//
// Trivy selects its checks by kind for a whole scan, so every object is a scan of its own here.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"testing/fstest"

	"github.com/aquasecurity/trivy/pkg/iac/rego"
	"github.com/aquasecurity/trivy/pkg/iac/scanners/kubernetes/parser"
	"github.com/aquasecurity/trivy/pkg/iac/types"
	"github.com/aquasecurity/trivy/pkg/log"

	"cdk8s-fairway/conformance/common"
)

type input struct {
	Documents []common.Document `json:"documents"`
	// Registries are those that images may come from. Without any, Trivy's own list counts.
	Registries []string `json:"registries"`
}

func main() {
	log.InitLogger(false, true)
	common.Main(check)
}

func check(input input) (*common.Report, error) {
	scanner, files, err := newScanner(input.Registries)
	if err != nil {
		return nil, err
	}
	report := &common.Report{}
	for _, document := range input.Documents {
		manifest, err := parser.ManifestFromYAML(document.File, []byte(document.Text))
		if err != nil {
			report.Add(document, "parse", err)
			continue
		}
		report.Judge(document)
		results, err := scanner.ScanInput(context.Background(), types.SourceKubernetes, rego.Input{
			Path:     document.File,
			Contents: manifest.ToRego(),
			FS:       files,
		})
		if err != nil {
			return nil, err
		}
		for _, failed := range results.GetFailed() {
			report.Add(document, failed.Rule().ID, fmt.Sprintf("%s: %s", failed.Rule().Severity, failed.Description()))
		}
	}
	return report, nil
}

func newScanner(registries []string) (*rego.Scanner, fstest.MapFS, error) {
	trusted, err := json.Marshal(map[string]any{
		"ksv0125": map[string]any{"trusted_registries": registries},
	})
	if err != nil {
		return nil, nil, err
	}
	files := fstest.MapFS{"data/ksv0125.json": {Data: trusted}}
	scanner := rego.NewScanner(
		rego.WithEmbeddedPolicies(true),
		rego.WithEmbeddedLibraries(true),
		rego.WithDataFilesystem(files),
		rego.WithDataDirs("data"),
	)
	return scanner, files, scanner.LoadPolicies(files)
}
