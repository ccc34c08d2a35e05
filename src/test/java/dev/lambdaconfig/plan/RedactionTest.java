package dev.lambdaconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

  private static final Redaction NOTHING = Redaction.of(null, null);

  private static Redaction knowing(String value) {
    return Redaction.of(
        null,
        Trees.function(
            Trees.object()
                .set(
                    "Environment",
                    Trees.object().set("Variables", Trees.object().put("KEY", value)))
                .toString()));
  }

  @Test
  void theEchoOfTheWholeEnvironmentIsCutOff() {
    String echo =
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided exceeded the 4KB limit. String measured:"
            + " {\"KEY\":\"unknown to us\"}";

    assertThat(NOTHING.clean(echo)).contains("exceeded the 4KB limit").doesNotContain("unknown");
  }

  @Test
  void aMessageThatRepeatsALiveValueIsWithheld() {
    assertThat(knowing("hunter22").clean("cannot use hunter22 here")).isEqualTo(Redaction.WITHHELD);
  }

  @Test
  void aMessageThatRepeatsAManagedValueIsWithheld() {
    Redaction redaction =
        Redaction.of(Trees.desired("{environment: {variables: {KEY: hunter22}}}"), null);

    assertThat(redaction.clean("cannot use hunter22 here")).isEqualTo(Redaction.WITHHELD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"KEY\":\"a\\\"b\\nc\\\\d\\/\\u00e9\\u0001\"}",
        "{\"KEY\":\"a\\\"b\\u000ac\\u005cd/é\\u0001\"}",
        "raw a\"b\nc\\d/é\u0001 end"
      })
  void everyWayToWriteAValueIsSeen(String message) {
    assertThat(knowing("a\"b\nc\\d/é\u0001").clean(message)).isEqualTo(Redaction.WITHHELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"K\":\"ab\"}", "{K=ab, L=c}", "{K=ab}", "Value 'ab' at 'x'"})
  void aShortValueIsSeenWhereItStandsAsAValue(String message) {
    assertThat(knowing("ab").clean(message)).isEqualTo(Redaction.WITHHELD);
  }

  @Test
  void aShortValueDoesNotWithholdEverySentence() {
    assertThat(knowing("ab").clean("the table is not available"))
        .isEqualTo("the table is not available");
    assertThat(knowing("").clean("anything")).isEqualTo("anything");
  }

  @Test
  void arnsOfKeysAreToldUnlessTheyAreValues() {
    String message =
        "KMS key is invalid for CreateGrant: arn:aws:kms:eu-west-1:123456789012:key/abc";

    assertThat(NOTHING.clean(message)).isEqualTo(message);
    assertThat(knowing("arn:aws:kms:eu-west-1:123456789012:key/abc").clean(message))
        .isEqualTo(Redaction.WITHHELD);
  }

  @Test
  void messagesAreBoundedAndNeverHalfACharacter() {
    String long1 = "x".repeat(4095) + "😀" + "y".repeat(100);

    String cleaned = NOTHING.clean(long1);

    assertThat(cleaned).isEqualTo("x".repeat(4095) + "…");
    assertThat(NOTHING.clean("\\u12")).isEqualTo("\\u12");
    assertThat(NOTHING.clean("trailing \\")).isEqualTo("trailing \\");
  }

  @Test
  void noMessageIsSaidToBeNone() {
    assertThat(NOTHING.clean(null)).isEqualTo("AWS gives no reason");
    assertThat(NOTHING.clean(" ")).isEqualTo("AWS gives no reason");
  }
}
