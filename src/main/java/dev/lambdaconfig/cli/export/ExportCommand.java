package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.read.FunctionReads;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.aws.sdk.SdkFunctionReads;
import dev.lambdaconfig.cli.credentials.AdvisedReads;
import dev.lambdaconfig.cli.export.estate.FunctionListSource;
import dev.lambdaconfig.cli.export.estate.FunctionNames;
import dev.lambdaconfig.cli.export.estate.NamedFunctionSource;
import dev.lambdaconfig.cli.export.estate.QuotaCalls;
import dev.lambdaconfig.cli.export.estate.Selection;
import dev.lambdaconfig.cli.export.estate.TagFilter;
import dev.lambdaconfig.cli.export.manifest.EnvironmentValues;
import dev.lambdaconfig.cli.export.manifest.ManifestFactory;
import dev.lambdaconfig.cli.export.output.ManifestOutput;
import dev.lambdaconfig.cli.export.output.OutputException;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.cli.export.unmanaged.ManagedFunctions;
import dev.lambdaconfig.cli.export.unmanaged.UnmanagedFilter;
import dev.lambdaconfig.cli.export.unmanaged.UnmanagedList;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.timing.BlockingWait;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes manifests for functions that exist. */
@Command(
    name = "export",
    description =
        "Writes manifests for the functions of an account, in the shape that is in sync with them,"
            + " so that nothing changes when they are applied. AWS is only read.",
    footer = {
      "",
      "Examples:",
      "  lambda-config-operator export --region eu-west-1 --output functions --kustomization",
      "  lambda-config-operator export --tag team=orders --fields timeout,memorySize",
      "  lambda-config-operator export --unmanaged -o json",
      "  lambda-config-operator export --from-terraform terraform.tfstate --output functions",
      "",
      "It ends with 0 if all is written, and with 1 if something is missing. After an interrupt,"
          + " --resume goes on."
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private TemplateOptions templates = new TemplateOptions();

  @Mixin private UnmanagedOptions unmanaged = new UnmanagedOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ExportEnvironment environment;

  /** Creates the command. */
  public ExportCommand(ExportEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    requireValid();
    List<String> regions = selection.regions(environment.defaultRegion());
    ExportReport report =
        new ExportReport(spec.commandLine().getErr(), System::nanoTime, output.isQuiet());
    try (LambdaClients clients = environment.lambdaClients()) {
      FunctionSource source = source(clients, regions);
      if (unmanaged.unmanaged()) {
        ManagedFunctions managed = managed();
        source = new UnmanagedFilter(source, managed);
        if (!output.hasDirectory()) {
          return list(source, managed, report);
        }
      }
      ManifestOutput destination = output.open(spec.commandLine().getOut());
      ExportRun run =
          new ExportRun(
              new ManifestFactory(
                  output.environmentValues(), output.namespace(), source.isOfSeveralRegions()),
              destination,
              report);
      return destination.isResumable() ? InterruptibleExport.of(run, source) : run.of(source);
    } catch (ExportException | OutputException e) {
      report.failed(Objects.requireNonNull(e.getMessage()));
      return ExportRun.INCOMPLETE;
    }
  }

  private ManagedFunctions managed() throws ExportException {
    try (KubernetesClient client = environment.kubernetesClient(unmanaged.cluster())) {
      return ManagedFunctions.of(client, environment.defaultRegion());
    }
  }

  /** Prints the functions of a source, and returns the exit code. */
  private int list(FunctionSource source, ManagedFunctions managed, ExportReport report)
      throws ExportException {
    UnmanagedList list = new UnmanagedList(managed, report::failed, report::progress);
    source.read(list);
    if (unmanaged.isJson()) {
      list.printJson(spec.commandLine().getOut());
    } else {
      list.printTable(spec.commandLine().getOut());
    }
    return report.failures() == 0 ? ExportRun.DONE : ExportRun.INCOMPLETE;
  }

  private void requireValid() {
    List<String> problems = new ArrayList<>();
    spec.commandLine().getParseResult().errors().stream()
        // The library says "option" twice of a value that is no NAME=VALUE.
        .map(error -> String.valueOf(error.getMessage()).replace("option option", "option"))
        .forEach(problems::add);
    problems.addAll(selection.problems());
    problems.addAll(templates.problems(selection));
    problems.addAll(unmanaged.problems(!templates.isGiven()));
    problems.addAll(output.problems());
    if (!templates.isGiven()) {
      problems.addAll(environment.problems());
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
  }

  private FunctionSource source(LambdaClients clients, List<String> regions)
      throws ExportException {
    FunctionSource template =
        templates.source(
            selection,
            regions,
            output.environmentValues() == EnvironmentValues.IN_CLEAR,
            environment.standardInput());
    return template == null ? functions(clients, regions) : template;
  }

  private FunctionSource functions(LambdaClients clients, List<String> regions)
      throws ExportException {
    SdkFunctionReads sdk = new SdkFunctionReads(clients, CallListener.NONE, "export");
    FunctionReads reads = new AdvisedReads(sdk, environment.variables());
    QuotaCalls calls =
        new QuotaCalls(selection.maxRequestsPerSecond(), System::nanoTime, BlockingWait::of);
    String file = selection.fromFile();
    List<FunctionReference> names = file == null ? List.of() : names(file);
    if (regions.isEmpty() && (file == null || isAnyWithoutRegion(names))) {
      throw new ExportException(
          "no Region is known: add --region, such as --region eu-west-1, or set AWS_REGION");
    }
    Selection selected = selection.selection(regions);
    TagFilter tags = new TagFilter(sdk, calls, selection.tags());
    return file == null
        ? new FunctionListSource(reads, calls, tags, selected, selection.fields())
        : new NamedFunctionSource(names, reads, calls, tags, selected, selection.fields());
  }

  private static boolean isAnyWithoutRegion(List<FunctionReference> names) {
    return names.stream().anyMatch(name -> name.region() == null);
  }

  private List<FunctionReference> names(String file) throws ExportException {
    try (Reader reader = reader(file)) {
      return FunctionNames.read(reader, file.equals(STANDARD_INPUT) ? "standard input" : file);
    } catch (IOException e) {
      throw new ExportException(
          "--from-file: %s cannot be read: check its path".formatted(file), e);
    }
  }

  private Reader reader(String file) throws IOException {
    return file.equals(STANDARD_INPUT)
        ? new InputStreamReader(environment.standardInput(), StandardCharsets.UTF_8)
        : Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8);
  }
}
