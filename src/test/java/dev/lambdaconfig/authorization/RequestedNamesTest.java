package dev.lambdaconfig.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.plan.field.FieldTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field that names something that a policy can restrict is asked about. */
final class RequestedNamesTest {

  private static final String NAMED = "arn:aws:test:eu-west-1:123456789012:named/x";

  /** The names of fields whose values are names of something else in AWS. */
  private static final Pattern NAMING =
      Pattern.compile("arn|ids?|role|layers|kms.*|subnet.*|securitygroup.*");

  /** The fields that name what no list of a rule is about. */
  private static final Set<String> WITHOUT_LIST =
      Set.of(
          "deadLetterConfig.targetArn",
          "capacityProviderConfig.lambdaManagedInstancesCapacityProviderConfig"
              + ".capacityProviderArn");

  static Stream<String> naming() {
    return FieldTable.paths().stream()
        .filter(RequestedNamesTest::isNaming)
        .filter(path -> !WITHOUT_LIST.contains(path));
  }

  /**
   * Whether the last word of a path, such as {@code Arn} of {@code kmsKeyArn}, or all is a name.
   */
  private static boolean isNaming(String path) {
    String field = path.substring(path.lastIndexOf('.') + 1);
    String word = field.replaceFirst(".*(?=[A-Z])", "");
    return Stream.of(field, word)
        .map(each -> each.toLowerCase(Locale.ROOT))
        .anyMatch(each -> NAMING.matcher(each).matches());
  }

  @ParameterizedTest
  @MethodSource("naming")
  void aRowOfTheFieldTableThatNamesSomethingIsInTheListOfItsKind(String path) {
    String field = path.substring(path.lastIndexOf('.') + 1);
    String value = field.endsWith("s") ? "['" + NAMED + "']" : "'" + NAMED + "'";
    String spec =
        "{" + path.replace(".", ": {") + ": " + value + "}".repeat(path.split("\\.").length);

    RequestedNames names =
        RequestedNames.of(TestSpecs.spec(spec), new Target("eu-west-1", "orders-api"));

    assertThat(listOfItsKind(field, names)).containsExactly(NAMED);
  }

  @ParameterizedTest
  @MethodSource("naming")
  void soIsThatOfARestoreWhateverTheFormOfItsValue(String path) {
    String field = path.substring(path.lastIndexOf('.') + 1);
    Value text = Value.text(NAMED);
    Value structure = Value.Structure.of(Map.of("Arn", text));

    RequestedNames names =
        RequestedNames.of(
            Map.of(path, new Value.Items(List.of(text, new Value.Items(List.of(structure))))),
            new Target("eu-west-1", "orders-api"));

    assertThat(listOfItsKind(field, names)).containsExactly(NAMED, NAMED);
  }

  @Test
  void aSecretIsNoName() {
    RequestedNames names =
        RequestedNames.of(
            Map.of("role", Value.secrets(Map.of("PASSWORD", "hunter2"))),
            new Target("eu-west-1", "orders-api"));

    assertThat(names.roles()).isEmpty();
  }

  private static List<String> listOfItsKind(String field, RequestedNames names) {
    return switch (field) {
      case "role" -> names.roles();
      case "kmsKeyArn" -> names.kmsKeys();
      case "layers" -> names.layers();
      case "subnetIds" -> names.subnets();
      case "securityGroupIds" -> names.securityGroups();
      default -> throw new AssertionError("no list of a rule is about " + field);
    };
  }

  @Test
  void theRowsAreFoundByTheirNames() {
    assertThat(naming())
        .contains("role", "kmsKeyArn", "durableConfig.kmsKeyArn", "vpcConfig.subnetIds");
    assertThat(FieldTable.paths()).containsAll(WITHOUT_LIST);
  }
}
