package dev.lambdaconfig.cli.validate;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.cli.manifest.Manifest;
import dev.lambdaconfig.cli.validate.report.Finding;
import dev.lambdaconfig.cli.validate.report.Finding.Severity;
import dev.lambdaconfig.cli.validate.report.ValidationReport;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The resources and functions that manifests name, of which no two may be the same: the API server
 * keeps one resource of a name, and the operator lets one resource own a function.
 */
final class Duplicates {

  /** Stands for the Region of the operator, which only its environment knows. */
  private static final String OPERATORS_REGION = "the operator's Region";

  private final Targets targets;
  private final boolean inEachFile;
  private final Map<String, Manifest> resources = new HashMap<>();
  private final Map<FunctionKey, List<Owner>> owners = new HashMap<>();

  /**
   * Creates an empty index.
   *
   * @param given the Regions of the operator's {@code --regions}, or none
   * @param offered the Regions that exist
   * @param inEachFile whether the files belong to different clusters
   */
  Duplicates(Set<String> given, Supplier<Set<String>> offered, boolean inEachFile) {
    this.targets = new Targets(new KnownRegions(given, offered, OPERATORS_REGION));
    this.inEachFile = inEachFile;
  }

  /**
   * A resource that names a function.
   *
   * @param identity the namespace and ServiceAccount by whose rights it is called, or null for the
   *     operator's; others may lead to another account
   * @param account the account that it names, or null
   */
  private record Owner(Manifest manifest, @Nullable String identity, @Nullable String account) {

    boolean namesTheSame(Owner other) {
      return (account != null && other.account != null)
          ? account.equals(other.account)
          : Objects.equals(identity, other.identity);
    }
  }

  /** Adds a valid manifest, and returns what it has in common with earlier ones. */
  List<Finding> add(Manifest manifest, LambdaFunctionConfigSpec spec) {
    List<Finding> findings = new ArrayList<>();
    String scope = inEachFile ? manifest.file() : "";
    Manifest twin =
        resources.putIfAbsent(
            scope + "\n" + manifest.namespace() + "/" + manifest.name(), manifest);
    if (twin != null && manifest.name() != null) {
      findings.add(
          finding(
              manifest,
              "metadata.name",
              "DuplicateResource",
              "%s is also in %s:%d, and the one that is applied last replaces the other: remove"
                  + " one of them, or rename it",
              twin));
      return findings;
    }
    Targets.Resolution resolution = targets.resolve(spec);
    Target target = resolution.target();
    if (target == null) {
      findings.add(
          new Finding(
              Severity.ERROR,
              manifest.file(),
              manifest.position("spec.region"),
              ValidationReport.name(manifest),
              "spec.region",
              resolution.reason(),
              "spec: " + resolution.problem()));
      return findings;
    }
    FunctionReference function = FunctionReference.parse(spec.functionName());
    String account = spec.serviceAccountName();
    Owner owner =
        new Owner(
            manifest,
            account == null ? null : manifest.namespace() + "/" + account,
            function.account());
    List<Owner> others =
        owners.computeIfAbsent(
            new FunctionKey(scope + target.region(), function.name()), key -> new ArrayList<>());
    others.stream()
        .filter(owner::namesTheSame)
        .findFirst()
        .ifPresent(
            other ->
                findings.add(
                    finding(
                        manifest,
                        "spec.functionName",
                        "DuplicateOwner",
                        "the function of %s is also that of %s:%d, and the operator lets only the"
                            + " older resource own it: remove one of them",
                        other.manifest())));
    others.add(owner);
    return findings;
  }

  private static Finding finding(
      Manifest manifest, String field, String reason, String message, Manifest other) {
    return new Finding(
        Severity.ERROR,
        manifest.file(),
        manifest.position(field),
        ValidationReport.name(manifest),
        field,
        reason,
        field
            + ": "
            + message.formatted(ValidationReport.name(manifest), other.file(), other.line()));
  }
}
