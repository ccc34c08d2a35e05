package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.cli.export.template.SamTemplate;
import dev.lambdaconfig.cli.export.template.TemplateFile;
import dev.lambdaconfig.cli.export.template.TerraformSelection;
import dev.lambdaconfig.cli.export.template.TerraformState;
import dev.lambdaconfig.cli.export.template.value.TemplateParameters;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for functions that other tools declare. */
final class TemplateOptions {

  @Option(
      names = "--from-terraform",
      paramLabel = "STATE|-",
      description =
          "Exports the functions of a Terraform state (terraform state pull), or of the standard"
              + " input (-), instead of those of an account. AWS is not called.")
  private @Nullable Path terraform;

  @Option(
      names = "--from-sam",
      paramLabel = "TEMPLATE|-",
      description =
          "Exports the functions of a SAM or CloudFormation template, or of the standard input (-),"
              + " instead of those of an account. What cannot be resolved is left out. AWS is not"
              + " called.")
  private @Nullable Path sam;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description =
          "A parameter of the template, or AWS::StackName. Can be given several times. Default: its"
              + " Default.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  TemplateOptions() {}

  /** Whether the functions of a file are exported instead of those of an account. */
  boolean isGiven() {
    return terraform != null || sam != null;
  }

  List<String> problems(SelectionOptions selection) {
    List<String> problems = new ArrayList<>();
    if (terraform != null && sam != null) {
      problems.add("--from-terraform and --from-sam exclude each other: remove one of them");
    }
    if (isGiven() && selection.isOfAccount()) {
      problems.add(
          "--prefix, --runtime, --tag and --from-file select functions of an account: remove them");
    }
    if (sam != null && selection.namedRegions().size() > 1) {
      problems.add(
          "--region: a template is deployed to one Region at a time: name one with --from-sam");
    }
    if (sam == null && !parameters.isEmpty()) {
      problems.add("--parameter is about a template: add --from-sam TEMPLATE");
    }
    return problems;
  }

  /** The functions of a file, or null where those of an account are exported. */
  @Nullable FunctionSource source(
      SelectionOptions selection, List<String> regions, boolean inClear, InputStream standardInput)
      throws ExportException {
    if (terraform != null) {
      return TerraformState.of(
          new TemplateFile(terraform, standardInput, "--from-terraform"),
          new TerraformSelection(
              selection.fields(), selection.namedRegions(), selection.account(), inClear));
    }
    if (sam == null) {
      return null;
    }
    String region = regions.size() == 1 ? regions.getFirst() : null;
    return new SamTemplate(
        new TemplateFile(sam, standardInput, "--from-sam"),
        selection.fields(),
        new TemplateParameters(
            parameters, region == null ? null : stackRegion(region), selection.account()));
  }

  private static TemplateParameters.StackRegion stackRegion(String region) {
    SdkRegions.Partition partition = SdkRegions.partition(region);
    return new TemplateParameters.StackRegion(region, partition.id(), partition.dnsSuffix());
  }
}
