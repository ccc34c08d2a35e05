package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The IAM policy allows what the operator calls, in statements that can be left out one by one. */
class IamPolicyTest {

  private static final Path FOLDER = Path.of("deploy");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FUNCTIONS = "arn:aws:lambda:*:123456789012:function:*";

  private final List<JsonNode> statements = statements("iam-policy.json");

  @Test
  void whatTheOperatorCallsIsAllowed() {
    JavaClasses main =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lambdaconfig.aws");
    Set<String> called =
        main.stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().isEquivalentTo(LambdaClient.class))
            .map(call -> call.getName().replaceFirst("Paginator$", ""))
            .filter(name -> !Set.of("builder", "create", "close").contains(name))
            .map(
                name ->
                    "lambda:" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
            .collect(Collectors.toSet());

    assertThat(called).contains("lambda:UpdateFunctionConfiguration");
    List<JsonNode> ofCommands = statements("iam/export.json");
    assertThat(Stream.concat(statements.stream(), ofCommands.stream()))
        .flatMap(IamPolicyTest::actions)
        .containsAll(called);
  }

  @Test
  void whatTheOperatorCanDoWithoutIsAStatementOfItsOwn() {
    for (String optional : List.of("lambda:ListFunctions", "lambda:GetFunction", "iam:PassRole")) {
      assertThat(statements)
          .filteredOn(statement -> actions(statement).contains(optional))
          .singleElement()
          .satisfies(statement -> assertThat(actions(statement)).containsExactly(optional));
    }
  }

  @Test
  void onlyWhatKnowsNoResourceIsAllowedOnAll() {
    for (JsonNode statement : statements) {
      String resource = statement.path("Resource").asText();
      if (actions(statement).equals(List.of("lambda:ListFunctions"))) {
        assertThat(resource).isEqualTo("*");
      } else if (actions(statement).getFirst().startsWith("lambda:")) {
        assertThat(resource).isEqualTo(FUNCTIONS);
      } else {
        assertThat(resource).startsWith("arn:aws:iam::123456789012:role/");
      }
    }
  }

  @Test
  void theReadmeExplainsEachStatement() throws IOException {
    String readme = Files.readString(FOLDER.resolve("README.md"));

    for (JsonNode statement : statements) {
      String sid = statement.path("Sid").asText();
      List<String> rows =
          readme.lines().filter(line -> line.startsWith("| `" + sid + "`")).toList();
      for (String action : actions(statement)) {
        assertThat(rows).as("rows of %s", sid).anyMatch(row -> row.contains("`" + action + "`"));
      }
    }
  }

  /** Its statements are also files of their own: IamPoliciesIT tries each of these. */
  @Test
  void itIsWhatThePoliciesOfItsFeaturesAreTogether() {
    assertThat(statements)
        .containsExactlyElementsOf(
            Stream.of("base", "sweep", "poll", "role")
                .flatMap(feature -> statements("iam/" + feature + ".json").stream())
                .toList());
  }

  /** A right that Lambda checks for the caller is of no use to the caller itself. */
  @Test
  void rightsOfOtherServicesAreForLambdaOnly() throws IOException {
    List<JsonNode> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve("iam"))) {
      for (Path file : files.toList()) {
        statements("iam/" + file.getFileName()).stream()
            .filter(statement -> actions(statement).stream().anyMatch(IamPolicyTest::isGivenOn))
            .forEach(found::add);
      }
    }

    assertThat(found).hasSize(2);
    assertThat(found)
        .allSatisfy(
            statement -> {
              JsonNode condition = statement.path("Condition");
              if (actions(statement).getFirst().startsWith("kms:")) {
                assertThat(actions(statement)).allMatch(action -> action.startsWith("kms:"));
                assertThat(condition.at("/StringLike/kms:ViaService").asText())
                    .isEqualTo("lambda.*.amazonaws.com");
              } else {
                assertThat(condition.at("/StringEquals/iam:PassedToService").asText())
                    .isEqualTo("lambda.amazonaws.com");
              }
            });
  }

  private static boolean isGivenOn(String action) {
    return action.startsWith("kms:") || action.startsWith("iam:");
  }

  @Test
  void theTrustPoliciesAreThoseThatTheDocumentationShows() throws IOException {
    List<JsonNode> shown = new ArrayList<>();
    Matcher block =
        Pattern.compile("(?s)```json\\n(.*?)```")
            .matcher(Files.readString(Path.of("docs", "identity.md")));
    while (block.find()) {
      shown.add(JSON.readTree(block.group(1).replace("210987654321", "123456789012")));
    }

    assertThat(shown).contains(file("iam/identity-trust.json"));
    assertThat(shown).contains(file("iam/assigned-role-trust.json"));
  }

  private static JsonNode file(String name) throws IOException {
    return JSON.readTree(FOLDER.resolve(name).toFile());
  }

  private static List<JsonNode> statements(String file) {
    try {
      List<JsonNode> statements = new ArrayList<>();
      JSON.readTree(FOLDER.resolve(file).toFile()).path("Statement").forEach(statements::add);
      return statements;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> actions(JsonNode statement) {
    JsonNode action = statement.path("Action");
    if (action.isTextual()) {
      return List.of(action.asText());
    }
    List<String> actions = new ArrayList<>();
    action.forEach(each -> actions.add(each.asText()));
    return actions;
  }
}
