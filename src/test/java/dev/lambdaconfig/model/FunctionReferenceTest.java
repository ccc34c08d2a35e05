package dev.lambdaconfig.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FunctionReferenceTest {

  /** The pattern of a function's name in the API model, with its groups named. */
  private static final Pattern API =
      Pattern.compile(
          "(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?"
              + "(?:(?<region>(?:eusc-)?[a-z]{2}(?:(?:-gov)|(?:-iso(?:[a-z]?)))?-[a-z]+-\\d{1}):)?"
              + "(?:(?<account>\\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]+)"
              + "(?::(?<qualifier>\\$LATEST|[a-zA-Z0-9-_]+))?");

  private static final List<String> PARTS =
      List.of(
          "arn",
          "aws",
          "aws-cn",
          "lambda",
          "eu-west-1",
          "us-gov-west-1",
          "eu-west-12",
          "123456789012",
          "12345678901",
          "1234567890123",
          "function",
          "f",
          "My-f_1",
          "$LATEST",
          "",
          "a b",
          "f\u00e9",
          "12345678901x",
          "f\n");

  private static final int CASES = 200_000;

  private static String text(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "arn:aws:lambda:" : "");
    if (random.nextBoolean()) {
      text.append("eu-west-1:123456789012:function:");
    }
    int parts = 1 + random.nextInt(4);
    for (int part = 0; part < parts; part++) {
      text.append(part == 0 ? "" : ":").append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  private static @Nullable FunctionReference expected(String text) {
    Matcher matcher = API.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String qualifier = matcher.group("qualifier");
    if (qualifier != null && !qualifier.equals("$LATEST")) {
      return null;
    }
    return new FunctionReference(
        qualifier == null ? text : text.substring(0, text.length() - "$LATEST".length() - 1),
        matcher.group("name"),
        matcher.group("region"),
        matcher.group("account"));
  }

  private static @Nullable FunctionReference parsed(String text) {
    try {
      return FunctionReference.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("functionName");
      return null;
    }
  }

  @Test
  void readsEachTextAsThePatternOfTheApiDoes() {
    // Given
    long seed = System.nanoTime();
    Random random = new Random(seed);

    for (int i = 0; i < CASES; i++) {
      String text = text(random);
      Matcher matcher = API.matcher(text);

      // When, Then
      assertThat(parsed(text)).describedAs("%s, seed %d", text, seed).isEqualTo(expected(text));
      assertThat(FunctionReference.accountIn(text))
          .describedAs("%s, seed %d", text, seed)
          .isEqualTo(matcher.matches() ? matcher.group("account") : null);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eu-west-1",
        "us-gov-west-1",
        "us-iso-east-1",
        "us-isob-east-1",
        "eusc-de-east-1",
        "eu-w-1",
        "eu--1",
        "eu-1",
        "eu-west-",
        "eu-west-a",
        "eu-west-12",
        "eu-west1",
        "eu-West-1",
        "eU-west-1",
        "e1-west-1",
        "eu-we-st-1",
        "euw-est-1",
        "e-west-1",
        "-west-1",
        "eu-west-1 ",
        "\u00e9u-west-1",
        "------",
        ""
      })
  void knowsTheFormOfARegionAsThePatternOfTheApiDoes(String text) {
    assertThat(FunctionReference.isRegion(text))
        .isEqualTo(text.matches("(eusc-)?[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-[0-9]"));
  }
}
