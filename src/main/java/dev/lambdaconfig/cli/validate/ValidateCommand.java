package dev.lambdaconfig.cli.validate;

import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.cli.manifest.ExcludedFiles;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.manifest.Manifests;
import dev.lambdaconfig.cli.options.ManifestOptions;
import dev.lambdaconfig.cli.runtimes.RuntimeDates;
import dev.lambdaconfig.cli.runtimes.RuntimeDatesOption;
import dev.lambdaconfig.cli.stream.StandardInput;
import dev.lambdaconfig.cli.validate.report.ValidationReport;
import java.io.File;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says of manifests whether the API server and the operator would accept them. */
@Command(
    name = ValidateCommand.NAME,
    description =
        "Validates manifests as the API server and the operator do, without a cluster and without"
            + " AWS. Exit code: 0 valid, 1 not. Warnings, such as of runtimes past their date, go"
            + " to standard error and leave it 0.",
    footer = {
      "",
      "Examples:",
      "  lambda-config-operator validate -f functions/",
      "  kustomize build overlays/prod | lambda-config-operator validate -f -",
      "  lambda-config-operator validate -f functions/ -o github",
      "  lambda-config-operator validate -f functions/ --against ../main/functions/"
    },
    mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {

  /** The command's name. */
  public static final String NAME = "validate";

  /** The formats of the output. */
  enum Output {
    text,
    json,
    github,
    junit
  }

  @Mixin private ManifestOptions given = new ManifestOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}.",
      defaultValue = "text")
  private Output output = Output.text;

  @Option(
      names = "--separate-files",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      defaultValue = "false",
      description =
          "The files belong to different clusters, so that two of them may name the same resource"
              + " or function.")
  private boolean separateFiles;

  @Option(
      names = "--regions",
      paramLabel = "REGION",
      split = ",",
      description =
          "The operator's --regions, where it has that option. Default: the Regions that this"
              + " version knows.")
  private List<String> regions = new ArrayList<>();

  @Option(
      names = "--against",
      paramLabel = "FILE|DIR",
      description =
          "The manifests as they were, such as those of the branch to merge into: also validates"
              + " each change, for example that no functionName changes. Repeatable.")
  private List<String> bases = new ArrayList<>();

  @Mixin private RuntimeDatesOption runtimes = new RuntimeDatesOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;
  private final InputStream stdin;
  private final Clock clock;

  /** Creates the command of a process. */
  public ValidateCommand(Map<String, String> environment) {
    this(environment, StandardInput.ofProcess(), Clock.systemUTC());
  }

  ValidateCommand(Map<String, String> environment, InputStream stdin, Clock clock) {
    this.environment = environment;
    this.stdin = stdin;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    RuntimeDates dates = runtimes.dates(spec.commandLine());
    requireManifests();
    ExcludedFiles excluded = new ExcludedFiles(given.excluded());
    BaseManifests base =
        BaseManifests.of(Manifests.read(bases, excluded, InputStream.nullInputStream()));
    ManifestSet manifests = Manifests.read(given.files(), excluded, stdin);
    manifests.noteLines().forEach(spec.commandLine().getErr()::println);
    Duplicates names = new Duplicates(Set.copyOf(regions), SdkRegions::all, separateFiles);
    ValidationReport report =
        new Validation(dates, LocalDate.now(clock), names, base).of(manifests);
    new ReportPrinter(environment, spec.commandLine()).print(report, output);
    return report.errors().isEmpty() ? 0 : 1;
  }

  private void requireManifests() {
    String missing = given.problem();
    if (missing != null) {
      throw new ParameterException(spec.commandLine(), missing);
    }
    String exclude = given.excludeProblem();
    if (exclude != null) {
      throw new ParameterException(spec.commandLine(), exclude);
    }
    for (String base : bases) {
      if (base.equals(Manifests.STANDARD_INPUT) || !new File(base).exists()) {
        throw new ParameterException(
            spec.commandLine(),
            "--against: there is no file or directory "
                + base
                + ": name the manifests as they were, such as a folder made by git worktree add");
      }
    }
  }
}
