package main

import (
	"fmt"
	"regexp"
	"strings"
	"text/template"

	"github.com/Masterminds/semver/v3"
	automationv1 "github.com/fluxcd/image-automation-controller/api/v1"
	imagev1 "github.com/fluxcd/image-reflector-controller/api/v1"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	"github.com/google/go-containerregistry/pkg/name"
)

// ofFlux tells whether a text that could not be decoded is an object of Flux.
func ofFlux(text string) bool {
	return strings.Contains(text, ".toolkit.fluxcd.io/")
}

// version reads a range of versions as all controllers of Flux do.
func (c checker) version(text string) {
	if text != "" {
		_, err := semver.NewConstraint(text)
		c.refuse("semver", err)
	}
}

// pattern reads a regular expression as all controllers of Flux do.
func (c checker) pattern(text string) *regexp.Regexp {
	compiled, err := regexp.Compile(text)
	c.refuse("pattern", err)
	return compiled
}

func (c checker) gitRepository(object *sourcev1.GitRepository) {
	if ref := object.Spec.Reference; ref != nil {
		c.version(ref.SemVer)
		given := 0
		for _, each := range []string{ref.Tag, ref.SemVer, ref.Name} {
			if each != "" {
				given++
			}
		}
		if given > 1 || (ref.Branch != "" && given > 0) || (ref.Commit != "" && given > 0) {
			c.add("reference", "of several references, all but one are passed over")
		}
	}
	if object.Spec.Provider == sourcev1.GitProviderGitHub && object.Spec.SecretRef == nil {
		c.add("provider", "secretRef with github app data must be specified when provider is set to github")
	}
}

func (c checker) ociRepository(object *sourcev1.OCIRepository) {
	ref := object.Spec.Reference
	tag := ""
	if ref != nil {
		c.version(ref.SemVer)
		c.pattern(ref.SemverFilter)
		tag = ref.Tag
		if ref.Digest != "" {
			_, err := name.NewDigest("example.com/acme/a@" + ref.Digest)
			c.refuse("reference", err)
		}
	}
	repository, err := name.NewRepository(strings.TrimPrefix(object.Spec.URL, "oci://"))
	c.refuse("reference", err)
	if err == nil && tag != "" {
		_, err := name.NewTag(repository.Name() + ":" + tag)
		c.refuse("reference", err)
	}
}

func (c checker) chart(version, source string) {
	if source == sourcev1.HelmRepositoryKind {
		c.version(version)
	}
}

func (c checker) imageRepository(object *imagev1.ImageRepository) {
	if strings.Contains(object.Spec.Image, "://") {
		c.add("image", "the image has a scheme")
		return
	}
	ref, err := name.ParseReference(object.Spec.Image)
	c.refuse("image", err)
	if err == nil && strings.Contains(strings.TrimPrefix(object.Spec.Image, ref.Context().RegistryStr()), ":") {
		c.add("image", "the image has a tag")
	}
	for _, each := range object.Spec.ExclusionList {
		c.pattern(each)
	}
}

func (c checker) imagePolicy(object *imagev1.ImagePolicy) {
	choice, given := object.Spec.Policy, 0
	if choice.SemVer != nil {
		given++
		_, err := semver.NewConstraint(choice.SemVer.Range)
		c.refuse("semver", err)
	}
	if choice.Alphabetical != nil {
		given++
	}
	if choice.Numerical != nil {
		given++
	}
	if given != 1 {
		c.add("policy", fmt.Sprintf("there are %d policies, and one is read", given))
	}
	if filter := object.Spec.FilterTags; filter != nil {
		compiled := c.pattern(filter.Pattern)
		if compiled != nil && filter.Extract != "" {
			c.extract(compiled, filter.Extract)
		}
	}
}

// extract looks whether every group that is named can give something: Expand leaves unknown ones empty.
func (c checker) extract(pattern *regexp.Regexp, extract string) {
	for _, match := range regexp.MustCompile(`\$(\w+|\{\w+\})`).FindAllStringSubmatch(extract, -1) {
		group := strings.Trim(match[1], "{}")
		var index int
		if _, err := fmt.Sscanf(group, "%d", &index); err == nil && index <= pattern.NumSubexp() {
			continue
		}
		if pattern.SubexpIndex(group) < 0 {
			c.add("extract", fmt.Sprintf("the pattern has no group %q", group))
		}
	}
}

func (c checker) automation(object *automationv1.ImageUpdateAutomation) {
	git := object.Spec.GitSpec
	if git == nil {
		c.add("push", "there is no git")
		return
	}
	if git.Checkout != nil && git.Checkout.Reference.Branch == "" && (git.Push == nil || git.Push.Branch == "") {
		c.add("push", "there is no branch to push to")
	}
	// Only the syntax of the template: what it calls is the controller's.
	if text := git.Commit.MessageTemplate; text != "" {
		if _, err := template.New("message").Parse(text); err != nil && !strings.Contains(err.Error(), "not defined") {
			c.add("template", err)
		}
	}
}
