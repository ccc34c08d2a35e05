package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.cli.export.estate.Selection;
import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.model.FunctionReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for which functions are exported, and which fields of them. */
final class SelectionOptions {

  private static final int FEWEST_REQUESTS = 1;
  private static final int MOST_REQUESTS = 1000;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      split = ",",
      description =
          "The AWS Regions whose functions are exported, separated by commas; one for a template."
              + " Default: AWS_REGION, or that of the profile; all of a Terraform state.")
  private List<String> regions = new ArrayList<>();

  @Option(
      names = "--account",
      paramLabel = "ID",
      description =
          "The account of the functions: nothing is written if the credentials are of another one;"
              + " of a Terraform state, only its functions are; of a template, AWS::AccountId.")
  private @Nullable String account;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "Exports functions whose names begin so. Can be given several times.")
  private List<String> prefixes = new ArrayList<>();

  @Option(
      names = "--runtime",
      paramLabel = "RUNTIME",
      split = ",",
      description = "Exports functions of these runtimes, such as python3.13, nodejs22.x.")
  private List<String> runtimes = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description =
          "Exports functions with this tag. Can be given several times; a function must have all"
              + " of them. Costs one request (lambda:ListTags) for each function that the other"
              + " options select.")
  private Map<String, String> tags = new LinkedHashMap<>();

  @Option(
      names = "--from-file",
      paramLabel = "FILE|-",
      description =
          "Exports the functions of a list, a name or ARN on each line, or of the standard input"
              + " (-). Needs no right to list functions.")
  private @Nullable String fromFile;

  @Option(
      names = "--fields",
      paramLabel = "FIELD",
      split = ",",
      description =
          "The fields to declare, such as timeout, vpcConfig or loggingConfig.logFormat, separated"
              + " by commas; all declares AWS's defaults too. Default: all that differ from AWS's"
              + " defaults.")
  private List<String> fields = new ArrayList<>();

  @Option(
      names = "--except",
      paramLabel = "FIELD",
      split = ",",
      description = "Fields not to declare, such as handler, runtime, separated by commas.")
  private List<String> except = new ArrayList<>();

  @Option(
      names = "--aws-max-requests-per-second",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Maximum requests per second in each Region, 1 to 1000, decimals allowed. AWS allows 15"
              + " for all callers of an account together. Default: 10.")
  private double maxRequestsPerSecond = 10;

  SelectionOptions() {}

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (String region : regions) {
      if (!FunctionReference.isRegion(region.strip())) {
        problems.add(
            "--region: '%s' is not the code of an AWS Region: write codes such as eu-west-1, separated"
                    .formatted(region)
                + " by commas");
      }
    }
    if (fromFile != null && fromFile.isBlank()) {
      problems.add(
          "--from-file has an empty value, such as that of a variable that is not set: name a"
              + " file, or - for standard input");
    }
    if (account != null && !account.matches("\\d{12}")) {
      problems.add("--account: '" + account + "' is no account ID: write its 12 digits");
    }
    if (!(maxRequestsPerSecond >= FEWEST_REQUESTS && maxRequestsPerSecond <= MOST_REQUESTS)) {
      problems.add("--aws-max-requests-per-second must be 1 to 1000");
    }
    problems.addAll(FieldSelection.problems("--fields", stripped(fields)));
    problems.addAll(FieldSelection.problems("--except", stripped(except)));
    return problems;
  }

  private static List<String> stripped(List<String> names) {
    return names.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  /** The Regions that are named, or the default one; empty where there is neither. */
  List<String> regions(@Nullable String defaultRegion) {
    List<String> named = namedRegions();
    return named.isEmpty() && defaultRegion != null ? List.of(defaultRegion) : named;
  }

  /** The Regions that are named. */
  List<String> namedRegions() {
    return stripped(regions).stream().distinct().toList();
  }

  Selection selection(List<String> in) {
    return new Selection(in, prefixes, Set.copyOf(stripped(runtimes)), tags, account);
  }

  FieldSelection fields() {
    return FieldSelection.of(stripped(fields), stripped(except));
  }

  /** Whether functions are selected of those of an account. */
  boolean isOfAccount() {
    return fromFile != null || !tags.isEmpty() || !prefixes.isEmpty() || !runtimes.isEmpty();
  }

  @Nullable String account() {
    return account;
  }

  @Nullable String fromFile() {
    return fromFile;
  }

  Map<String, String> tags() {
    return tags;
  }

  double maxRequestsPerSecond() {
    return maxRequestsPerSecond;
  }
}
