package dev.lambdaconfig.cli.validate;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.cli.manifest.Manifest;
import dev.lambdaconfig.cli.manifest.ManifestProblem;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.runtimes.RuntimeDates;
import dev.lambdaconfig.cli.validate.report.Finding;
import dev.lambdaconfig.cli.validate.report.Finding.Severity;
import dev.lambdaconfig.cli.validate.report.ValidationReport;
import dev.lambdaconfig.cli.validate.schema.AdmissionCheck;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.IgnoredDrift;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Validates manifests. */
final class Validation {

  /** The field with which a problem of the operator begins, if it names one. */
  private static final Pattern FIELD = Pattern.compile("(?:spec\\.)?([a-zA-Z]+[\\w.\\[\\]]*)");

  private static final String INVALID_SPEC = "InvalidSpec";

  /** Maximum number of findings, after which no resource is validated any more. */
  static final int MOST_FINDINGS = 10_000;

  private final AdmissionCheck admission = new AdmissionCheck();
  private final RuntimeDates runtimes;
  private final LocalDate today;
  private final Duplicates names;
  private final BaseManifests base;
  private final List<Finding> findings = new ArrayList<>();

  Validation(RuntimeDates runtimes, LocalDate today, Duplicates names, BaseManifests base) {
    this.runtimes = runtimes;
    this.today = today;
    this.names = names;
    this.base = base;
  }

  ValidationReport of(ManifestSet set) {
    set.problems().forEach(problem -> add(Severity.ERROR, problem, problem.message()));
    // The change that corrects such a file must be able to pass.
    base.problems()
        .forEach(
            problem ->
                add(
                    Severity.WARNING,
                    problem,
                    "--against: nothing is compared with this: " + problem.message()));
    for (Manifest manifest : set.manifests()) {
      if (findings.size() >= MOST_FINDINGS) {
        add(
            Severity.ERROR,
            manifest,
            "",
            "TooManyFindings",
            "there are more than %d findings, and this and later resources are not validated:"
                    .formatted(MOST_FINDINGS)
                + " correct the first ones, and try again");
        break;
      }
      validate(manifest);
    }
    return new ValidationReport(set.manifests(), findings, set.skippedKinds());
  }

  private void validate(Manifest manifest) {
    int before = findings.size();
    admission
        .errors(manifest.tree(), base.of(manifest))
        .forEach(
            error ->
                add(
                    Severity.ERROR,
                    manifest,
                    error.field(),
                    error.reason().code(),
                    error.toString()));
    LambdaFunctionConfigSpec spec = manifest.resource().getSpec();
    if (findings.size() > before || spec == null) {
      return;
    }
    problemsOfTheOperator(manifest, spec);
    if (findings.size() == before) {
      findings.addAll(names.add(manifest, spec));
    }
    String runtime = spec.runtime();
    String warning = runtime == null ? null : runtimes.warning(runtime, today);
    if (warning != null) {
      String field = "spec.runtime";
      add(Severity.WARNING, manifest, field, "DeprecatedRuntime", field + ": " + warning);
    }
  }

  /** Adds the problems on which the operator would stall, although the API server accepts them. */
  private void problemsOfTheOperator(Manifest manifest, LambdaFunctionConfigSpec spec) {
    String unreadable = spec.unreadable();
    List<String> problems = unreadable == null ? Desired.of(spec).problems() : List.of(unreadable);
    for (String problem : problems) {
      Matcher matcher = FIELD.matcher(problem);
      String field = matcher.lookingAt() ? "spec." + matcher.group(1) : "spec";
      add(Severity.ERROR, manifest, field, INVALID_SPEC, "spec: " + problem);
    }
    for (String problem : IgnoredDrift.problems(manifest.resource().ignoreDrift())) {
      String field = "metadata.annotations";
      add(Severity.ERROR, manifest, field, INVALID_SPEC, field + ": " + problem);
    }
  }

  private void add(Severity severity, ManifestProblem problem, String message) {
    findings.add(
        new Finding(
            severity, problem.file(), problem.position(), null, "", "InvalidManifest", message));
  }

  private void add(
      Severity severity, Manifest manifest, String field, String reason, String message) {
    findings.add(
        new Finding(
            severity,
            manifest.file(),
            manifest.position(field),
            ValidationReport.name(manifest),
            field,
            reason,
            message));
  }
}
