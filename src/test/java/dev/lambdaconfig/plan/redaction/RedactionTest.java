package dev.lambdaconfig.plan.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

  private static final Redaction NOTHING = Redaction.of(null, null);

  private static Redaction knowing(String value) {
    return Redaction.of(
        null,
        TestSpecs.function(
            TestSpecs.object()
                .set(
                    "Environment",
                    TestSpecs.object().set("Variables", TestSpecs.object().put("KEY", value)))
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
        Redaction.of(TestSpecs.desired("{environment: {variables: {KEY: hunter22}}}"), null);

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
  void arnsOfKeysAreReportedUnlessTheyAreValues() {
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

  @Nested
  final class OfAnAlteredEcho {

    private static final String VALUE = "s3cr3t \"word\"/é+1&2";

    @ParameterizedTest
    @ValueSource(
        strings = {
          "cut short: s3cr3t \"w…",
          "…t \"word\"/é+1",
          "{\"env\":\"{\\\"AA\\\":\\\"s3cr3t \\\\\\\"word\\\\\\\"/\\\\u00e9+1&2\\\"}\"}",
          "https://x/?AA=s3cr3t%20%22word%22%2F%C3%A9%2B1%262",
          "https://x/?AA=s3cr3t+%22word%22%2f%c3%a9%2b1%262",
          "twice: s3cr3t%2520%2522word%2522",
          "<AA>s3cr3t &quot;word&quot;/&#233;+1&amp;2</AA>",
          "<AA>s3cr3t &#x22;word&#34;/&#xE9;</AA>",
          "s3cr3t \\u0022word\\u0022/\\u00E9",
          "S3CR3T \"WORD\"",
          "s3cr3t\t\n\"word\"",
          "s3cr3t\u200b \"word\"",
          "czNjcjN0ICJ3b3JkIi/DqSsxJjI=",
          "…jN0ICJ3b3JkIi_DqSsxJjI"
        })
    void isWithheld(String message) {
      assertThat(knowing(VALUE).clean(message)).isEqualTo(Redaction.WITHHELD);
    }

    @Test
    void isWithheldAtEachPlaceThatItCanBeCut() {
      String value = "kJ4-pQ7_zX2.wV9";
      for (int from = 0; from + 8 <= value.length(); from++) {
        String part = value.substring(from, from + 8);
        assertThat(knowing(value).clean("the function gave " + part + " as its key"))
            .isEqualTo(Redaction.WITHHELD);
      }
      assertThat(knowing(value).clean("the function gave kJ4-pQ7 as its key")).contains("kJ4-pQ7");
    }

    @Test
    void takesNoTimeThatGrowsWithTheProductOfBoth() {
      String value = "ab".repeat(500_000) + "c";
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> assertThat(knowing(value).clean("ba".repeat(2000))).isEqualTo(Redaction.WITHHELD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "&", "\\", "&#"})
    void takesNoTimeThatGrowsWithTheSquareOfWhatLooksEscaped(String escape) {
      String value = escape.repeat(2_000_000 / escape.length());
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> assertThat(knowing(value).clean("all is well")).isEqualTo("all is well"));
    }
  }

  @Nested
  final class OfAShortValue {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "KEY: abc",
          "Invalid value: abc",
          "KEY abc is not allowed",
          "KEY=>abc",
          "(abc)",
          "set to `abc`",
          "{\"KEY\":abc}",
          "KEY was xabcx"
        })
    void isWithheldWhereItsNameOrItsPlaceTellsIt(String message) {
      assertThat(knowing("abc").clean(message)).isEqualTo(Redaction.WITHHELD);
    }

    @Test
    void isWithheldAlsoWhereItIsAWordOfAwsAndStandsAsAValue() {
      assertThat(knowing("lambda").clean("bad environment {KEY=lambda}"))
          .isEqualTo(Redaction.WITHHELD);
      assertThat(knowing("function").clean("cannot take 'function' here"))
          .isEqualTo(Redaction.WITHHELD);
    }

    @Test
    void ofALongValueFourLettersTellBesideItsName() {
      assertThat(knowing("kJ4-pQ7_zX2.wV9").clean("KEY starts with kJ4-p"))
          .isEqualTo(Redaction.WITHHELD);
    }
  }

  @Nested
  final class OfWhatIsPublic {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "function",
          "lambda",
          "environment",
          "production-environment",
          "arn:aws:sqs:eu-west-1:123456789012:orders-queue",
          "arn:aws:iam::123456789012:role/worker",
          "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
          "https://hooks.example.com/abc",
          "eu-west-1",
          "permissions",
          "true",
          "access denied",
          "handler.main",
          "fn"
        })
    void nothingIsWithheldForWhatEveryMessageSays(String value) {
      for (String message :
          List.of(
              "The role defined for the function cannot be assumed by Lambda.",
              "The provided execution role does not have permissions to call"
                  + " CreateNetworkInterface on EC2",
              "Function not found: arn:aws:lambda:eu-west-1:123456789012:function:fn",
              "User: arn:aws:sts::123456789012:assumed-role/operator/session is not authorized to"
                  + " perform: lambda:UpdateFunctionConfiguration on resource:"
                  + " arn:aws:lambda:eu-west-1:123456789012:function:fn because no identity-based"
                  + " policy allows the lambda:UpdateFunctionConfiguration action",
              "1 validation error detected: Value '3000' at 'timeout' failed to satisfy constraint:"
                  + " Member must have value less than or equal to 900",
              "The environment variables you have provided are too large: see"
                  + " https://docs.aws.amazon.com/lambda/")) {
        assertThat(knowing(value).clean(message)).isEqualTo(message);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"db-hunterhunter-2", "us-gov-hunterhunter-1"})
    void aValueOfTheFormOfARegionIsNone(String value) {
      assertThat(knowing(value).clean("cannot use " + value + " here"))
          .isEqualTo(Redaction.WITHHELD);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "ap-northeast-1",
          "us-gov-west-1",
          "us-isob-east-1",
          "eusc-de-east-1",
          "mx-central-1"
        })
    void regionsArePublic(String region) {
      assertThat(knowing(region).clean("no such service in " + region))
          .isEqualTo("no such service in " + region);
    }

    @Test
    void whatAValueAddsToItIsWithheld() {
      String account = "arn:aws:sqs:eu-west-1:210987654321:orders-queue";
      assertThat(knowing(account).clean("no queue arn:aws:sqs:eu-west-1:210987654321"))
          .isEqualTo(Redaction.WITHHELD);
      assertThat(
              knowing("arn:aws:sqs:eu-west-1:123456789012:orders-queue")
                  .clean("no queue arn:aws:sqs:eu-west-1:123456789012:orders-q"))
          .isEqualTo(Redaction.WITHHELD);
      assertThat(
              knowing("https://hooks.example.com/abc").clean("cannot reach https://hooks.example"))
          .isEqualTo(Redaction.WITHHELD);
    }

    @Test
    void whatTheSpecSaysElsewhereIsReportedUnlessItStandsAsAValue() {
      Redaction redaction =
          Redaction.of(
              TestSpecs.desired(
                  "{kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/abc-def',"
                      + " environment: {variables:"
                      + " {MASTER: 'arn:aws:kms:eu-west-1:123456789012:key/abc-def'}}}"),
              null);
      String message =
          "KMS key is invalid for CreateGrant: see arn:aws:kms:eu-west-1:123456789012:key/abc-def";

      assertThat(redaction.clean(message)).isEqualTo(message);
      assertThat(redaction.clean("MASTER is arn:aws:kms:eu-west-1:123456789012:key/abc-def"))
          .isEqualTo(Redaction.WITHHELD);
    }
  }

  @Test
  void aGuessInTheSpecConfirmsNoValueOfTheFunction() {
    Redaction redaction =
        Redaction.of(
            TestSpecs.desired("{description: 'the guess: hunter2hunter2'}"),
            TestSpecs.function("{Environment: {Variables: {KEY: hunter2hunter2}}}"));

    assertThat(redaction.clean("cannot use hunter2hunter2 here")).isEqualTo(Redaction.WITHHELD);
  }
}
