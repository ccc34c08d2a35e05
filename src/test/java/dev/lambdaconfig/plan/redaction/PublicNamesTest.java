package dev.lambdaconfig.plan.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of a function are public, and nothing that stands beside them is. */
final class PublicNamesTest {

  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private static final List<String> MESSAGES =
      List.of(
          "Function not found: %3$s",
          "User: arn:aws:sts::%2$s:assumed-role/operator/session is not authorized to perform:"
              + " lambda:GetFunctionConfiguration on resource: %3$s because no identity-based"
              + " policy allows the lambda:GetFunctionConfiguration action",
          "the answer to GetFunctionConfiguration describes another function, %3$s-other, than %1$s"
              + " in %4$s");

  private final Random random;
  private final String name;
  private final String account;
  private final String region = "eu-central-1";
  private final String arn;

  PublicNamesTest() {
    long seed = System.nanoTime();
    System.out.println("PublicNamesTest: seed " + seed);
    random = new Random(seed);
    name = "fn-" + letters(4 + random.nextInt(20));
    account = "%012d".formatted(random.nextLong(1_000_000_000_000L));
    arn = "arn:aws:lambda:" + region + ":" + account + ":function:" + name;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSecretBesideANameNeverAppears(boolean isLive) {
    for (int run = 0; run < 300; run++) {
      // Given a value of names and secrets, and a message of names and parts of that value
      List<String> secrets = List.of(letters(8 + random.nextInt(12)), letters(8));
      String value = mixed(secrets);
      List<String> said = new ArrayList<>(secrets);
      said.add(secrets.getFirst().substring(0, 8));
      said.add(value.substring(random.nextInt(value.length() / 2)));
      String message = mixed(said);

      // When
      String cleaned = redaction(value, isLive).clean(message);

      // Then
      for (String secret : secrets) {
        for (int at = 0; at + 8 <= secret.length(); at++) {
          assertThat(cleaned).doesNotContainIgnoringCase(secret.substring(at, at + 8));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNameThatASecretFollowsIsPartOfTheValue(boolean isLive) {
    for (int run = 0; run < 300; run++) {
      // Given one letter more than is public
      String one = "-" + letters(1);
      String value = (random.nextBoolean() ? account : arn) + one + letters(random.nextInt(9));

      // Then
      assertThat(
              redaction(value, isLive)
                  .clean("no table " + value.substring(0, value.indexOf(one) + 2)))
          .isEqualTo(Redaction.WITHHELD);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageOfNamesAloneIsReported(boolean isLive) {
    for (int run = 0; run < 100; run++) {
      for (String each : MESSAGES) {
        // Given
        String message = each.formatted(name, account, arn, region);
        String value = random.nextBoolean() ? letters(3) + "_" + oneName() : oneName();
        String whole = random.nextBoolean() ? value + "_" + letters(3) : value;

        // Then
        assertThat(redaction(whole, isLive).clean(message)).isEqualTo(message);
      }
    }
  }

  @Test
  void itIsTheAccountOfTheSpecOrTheStatusThatIsPublic() {
    // Given
    String other = "arn:aws:lambda:eu-central-1:999999999999:function:" + name;

    // Then
    assertThat(PublicNames.of(new Target(region, arn), null, other).texts())
        .contains(account)
        .noneMatch(text -> text.contains("999999999999"));
    assertThat(PublicNames.of(new Target(region, name), arn, other).texts())
        .contains(account)
        .noneMatch(text -> text.contains("999999999999"));
    assertThat(PublicNames.of(new Target(region, name), null, other).texts())
        .contains("999999999999", other);
    assertThat(PublicNames.of(null, null, other).texts()).isEmpty();
  }

  private Redaction redaction(String value, boolean isLive) {
    String variables = "{VALUE: '" + value + "'}";
    PublicNames names = PublicNames.of(new Target(region, name), arn, null);
    return isLive
        ? Redaction.of(
            null, TestSpecs.function("{Environment: {Variables: " + variables + "}}"), names)
        : Redaction.of(
            TestSpecs.desired("{environment: {variables: " + variables + "}}"), null, names);
  }

  /** Some names of the function and all of the given texts, in any order. */
  private String mixed(List<String> texts) {
    List<String> parts = new ArrayList<>(texts);
    for (int names = random.nextInt(4); names >= 0; names--) {
      parts.add(random.nextInt(parts.size() + 1), oneName());
    }
    return parts.stream()
        .map(part -> part + List.of("", "-", " ", ": ", "/", "function:").get(random.nextInt(6)))
        .collect(Collectors.joining());
  }

  private String oneName() {
    return List.of(name, account, arn, region).get(random.nextInt(4));
  }

  private String letters(int length) {
    return random
        .ints(length, 0, LETTERS.length())
        .mapToObj(letter -> LETTERS.substring(letter, letter + 1))
        .collect(Collectors.joining());
  }
}
