package dev.lambdaconfig.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a template or a state declares, the manifests that are written pass {@code validate}.
 */
final class ValidExportTest {

  private static final int FUNCTIONS = 150;

  private static final String OF_ANOTHER_REGION =
      "arn:aws:lambda:us-east-1:123456789012:layer:deps:7";

  @TempDir private Path folder = Path.of("");

  @Test
  void aSettingThatTheSchemaRefusesIsNotDeclaredAndSaysWhatIsAllowed() throws IOException {
    CommandResult result =
        TemplateExport.of(
            folder, sam(1, "Timeout: 9000, MemorySize: 256, Layers: [" + OF_ANOTHER_REGION + "]"));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("  memorySize: 256\n")
        .contains(
            "# timeout is not declared: spec.timeout: Invalid value: 9000: spec.timeout in body")
        .contains("# layers is not declared: spec: Invalid value:")
        .doesNotContain("\n  timeout:", "\n  layers:");
    assertThat(result.err())
        .contains("1 manifest begins with comments that say what it does not declare, and why\n");
    assertThat(errors(result.out())).isEmpty();
  }

  /** Such as one that AWS has opened since; validate takes it by its own option. */
  @Test
  void aRegionThatThisVersionDoesNotKnowIsReportedOnce() throws IOException {
    String template = sam(0, "Timeout: 3") + sam(1, "Timeout: 3").replace("Resources:\n", "");

    Path file = Files.writeString(folder.resolve("template.yaml"), template);

    CommandResult result =
        CommandResult.of("export", "--from-sam", file.toString(), "--region", "eu-wst-1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err().lines().filter(line -> line.contains("eu-wst-1")))
        .singleElement()
        .asString()
        .startsWith("the Region eu-wst-1 is unknown to this version of the operator. Did you mean")
        .endsWith("--regions (Helm: aws.regions), and to that of validate");
    assertThat(errors(result.out())).isNotEmpty();
    assertThat(errors(result.out(), "--regions=eu-wst-1")).isEmpty();
  }

  @Test
  void variablesThatTheSchemaRefusesAreNotWritten() throws IOException {
    String canary = "c4n4ry";

    CommandResult result =
        TemplateExport.of(
            folder,
            sam(1, "Environment: {Variables: {AA: %s}}".formatted(canary.repeat(2000))),
            "--clear-env");

    assertThat(errors(result.out())).isEmpty();
    assertThat(result.out() + result.err()).contains("AA").doesNotContain(canary);
  }

  @Test
  void whatIsWrittenOfRandomTemplatesIsValid() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String template =
        IntStream.range(0, FUNCTIONS)
            .mapToObj(number -> sam(number, properties(random)).replace("Resources:\n", ""))
            .collect(Collectors.joining("", "Resources:\n", ""));

    CommandResult result = TemplateExport.of(folder, template, "--clear-env");

    assertThat(TemplateExport.names(result.out())).as("seed %d", seed).hasSize(FUNCTIONS);
    assertThat(errors(result.out())).as("seed %d", seed).isEmpty();
  }

  @Test
  void whatIsWrittenOfRandomStatesIsValid() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String resources =
        IntStream.range(0, FUNCTIONS)
            .mapToObj(number -> terraform(number, random))
            .collect(Collectors.joining(",\n"));
    Path state =
        Files.writeString(
            folder.resolve("terraform.tfstate"),
            "{\"version\": 4, \"resources\": [" + resources + "]}");

    CommandResult result =
        CommandResult.of("export", "--from-terraform", state.toString(), "--clear-env");

    assertThat(TemplateExport.names(result.out())).as("seed %d", seed).hasSize(FUNCTIONS);
    assertThat(errors(result.out())).as("seed %d", seed).isEmpty();
  }

  /** The errors that {@code validate} finds. */
  private List<String> errors(String manifests, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("manifests.yaml"), manifests);
    List<String> arguments = new ArrayList<>(List.of("validate", "-f", file.toString()));
    arguments.addAll(List.of(options));
    return CommandResult.of(arguments.toArray(String[]::new))
        .out()
        .lines()
        .filter(line -> line.contains(" error: "))
        .toList();
  }

  private static String sam(int number, String properties) {
    return """
    Resources:
      Fn%1$d:
        Type: AWS::Lambda::Function
        Properties: {FunctionName: fn-%1$d, %2$s}
    """
        .formatted(number, properties);
  }

  /** The values of settings, of which some are out of bounds or of another type. */
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("Timeout", List.of("3", "0", "5401", "-1", "1.5", "abc", "[1]")),
          Map.entry("MemorySize", List.of("128", "127", "99999", "true")),
          Map.entry("Description", List.of("text", "'" + "x".repeat(300) + "'", "\"a\\tb\"")),
          Map.entry("Handler", List.of("app.handler", "'a b'", "'" + "h".repeat(200) + "'")),
          Map.entry("Runtime", List.of("python3.13", "python9", "'py thon'", "''")),
          Map.entry("Role", List.of("'arn:aws:iam::123456789012:role/a'", "role", "1")),
          Map.entry("KmsKeyArn", List.of("'arn:aws:kms:eu-west-1:123456789012:key/a'", "key")),
          Map.entry(
              "Layers",
              List.of(
                  "['arn:aws:lambda:eu-west-1:123456789012:layer:a:1']",
                  "['" + OF_ANOTHER_REGION + "']",
                  "[a, a]",
                  "a",
                  "['arn:aws:lambda:eu-west-1:123456789012:layer:a:1',"
                      + " 'arn:aws:lambda:eu-west-1:123456789012:layer:a:2']")),
          Map.entry(
              "VpcConfig",
              List.of(
                  "{SubnetIds: [subnet-0123456789abcdef0], SecurityGroupIds:"
                      + " [sg-0123456789abcdef0]}",
                  "{SubnetIds: [subnet-0123456789abcdef0]}",
                  "{SubnetIds: [a], SecurityGroupIds: [b]}",
                  "{SubnetIds: a}")),
          Map.entry("TracingConfig", List.of("{Mode: Active}", "{Mode: Passive}", "{Mode: 1}")),
          Map.entry("EphemeralStorage", List.of("{Size: 512}", "{Size: 1}", "{Size: x}")),
          Map.entry(
              "DeadLetterConfig",
              List.of("{TargetArn: 'arn:aws:sqs:eu-west-1:123456789012:q'}", "{TargetArn: q}")),
          Map.entry(
              "FileSystemConfigs",
              List.of(
                  "[{Arn:"
                      + " 'arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0',"
                      + " LocalMountPath: /mnt/a}]",
                  "[{Arn: a, LocalMountPath: /mnt/a}]",
                  "[{LocalMountPath: mnt}]")),
          Map.entry(
              "LoggingConfig",
              List.of(
                  "{LogFormat: JSON, ApplicationLogLevel: INFO}",
                  "{LogFormat: Text, ApplicationLogLevel: INFO}",
                  "{LogFormat: XML, LogGroup: 'a b'}")),
          Map.entry("SnapStart", List.of("{ApplyOn: PublishedVersions}", "{ApplyOn: Always}")),
          Map.entry(
              "ImageConfig",
              List.of(
                  "{EntryPoint: [a], WorkingDirectory: /a}",
                  "{Command: ['" + "c".repeat(2000) + "']}")),
          Map.entry(
              "Environment",
              List.of(
                  "{Variables: {AA: a}}",
                  "{Variables: {AWS_REGION: a}}",
                  "{Variables: {a-b: a}}",
                  "{Variables: {AA: '" + "v".repeat(5000) + "'}}")));

  private static String properties(Random random) {
    List<String> properties = new ArrayList<>();
    new TreeMap<>(VALUES)
        .forEach(
            (name, values) -> {
              if (random.nextInt(3) == 0) {
                properties.add(name + ": " + pick(values, random));
              }
            });
    return String.join(", ", properties);
  }

  private static String terraform(int number, Random random) {
    String arn =
        random.nextBoolean()
            ? "arn:aws:lambda:eu-west-1:123456789012:function:fn-" + number
            : "arn:aws:lambda:us-east-1:123456789012:function:fn-" + number;
    List<String> attributes =
        List.of(
            "\"timeout\": " + pick(List.of("3", "9000", "\"x\"", "null"), random),
            "\"memory_size\": " + pick(List.of("128", "1", "1.5"), random),
            "\"layers\": "
                + pick(List.of("[\"" + OF_ANOTHER_REGION + "\"]", "[]", "[\"a\"]"), random),
            "\"role\": " + pick(List.of("\"arn:aws:iam::123456789012:role/a\"", "\"a\""), random),
            "\"tracing_config\": "
                + pick(List.of("[{\"mode\": \"Active\"}]", "[{\"mode\": \"x\"}]", "[]"), random),
            "\"environment\": "
                + pick(
                    List.of(
                        "[{\"variables\": {\"AA\": \"a\"}}]", "[{\"variables\": {\"1\": \"a\"}}]"),
                    random),
            "\"vpc_config\": "
                + pick(
                    List.of("[{\"subnet_ids\": [\"a\"], \"security_group_ids\": []}]", "[]"),
                    random));
    return """
    {"mode": "managed", "type": "aws_lambda_function", "name": "fn%d", "instances":
     [{"attributes": {"function_name": "fn-%d", "arn": "%s", %s}}]}
    """
        .formatted(number, number, arn, String.join(", ", attributes));
  }

  private static String pick(List<String> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
