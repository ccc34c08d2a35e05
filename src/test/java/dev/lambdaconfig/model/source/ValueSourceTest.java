package dev.lambdaconfig.model.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lambdaconfig.model.source.ValueSource.Flaw;
import dev.lambdaconfig.model.source.ValueSource.Present;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a read of a Secret or ConfigMap shows. */
final class ValueSourceTest {

  private static final SourceVersion VERSION = new SourceVersion("uid-1", "7");

  @Test
  void theTextsOfASecretAreItsValues() {
    Present secret =
        Present.ofSecret(VERSION, Map.of("password", encoded("pässword\n"), "empty", encoded("")));

    assertThat(secret.values())
        .containsExactly(entry("empty", ""), entry("password", "pässword\n"));
    assertThat(secret.unusable()).isEmpty();
    assertThat(secret.version()).isEqualTo(VERSION);
  }

  @Test
  void whatIsNoTextCannotBeUsed() {
    byte[] binary = {(byte) 0xff, 0x00, 0x41};
    Present secret =
        Present.ofSecret(
            VERSION,
            Map.of(
                "binary", Base64.getEncoder().encodeToString(binary),
                "nul", encoded("a\0b"),
                "broken", "%%%",
                "replaced", encoded("\ufffd")));

    assertThat(secret.unusable())
        .containsExactly(
            entry("binary", Flaw.NOT_TEXT),
            entry("broken", Flaw.NOT_TEXT),
            entry("nul", Flaw.NOT_TEXT));
    assertThat(secret.values()).containsOnlyKeys("replaced");
  }

  @Test
  void whatIsLongerThanAllVariablesTogetherCannotBeUsed() {
    Present map =
        Present.ofConfigMap(
            VERSION,
            Map.of("fits", "x".repeat(4096), "long", "x".repeat(4097)),
            Map.of("text", encoded("t")));

    assertThat(map.values()).containsOnlyKeys("fits", "text");
    assertThat(map.unusable()).containsExactly(entry("long", Flaw.TOO_LONG));
  }

  @Test
  void noValueIsPrinted() {
    Present secret = Present.ofSecret(VERSION, Map.of("password", encoded("canary-value")));

    assertThat(secret.toString())
        .contains("password", "uid-1")
        .doesNotContain("canary-value", encoded("canary-value"));
  }

  @Test
  void sourcesAreNamedAndOrdered() {
    assertThat(
            new TreeSet<>(
                List.of(SourceKey.configMap("a"), SourceKey.secret("b"), SourceKey.secret("a"))))
        .map(SourceKey::toString)
        .containsExactly("Secret a", "Secret b", "ConfigMap a");
  }

  @Test
  void whatIsNotThereHasNoVersion() {
    assertThat(ValueSource.ABSENT.version()).isEqualTo(SourceVersion.ABSENT);
    assertThat(new ValueSource.Denied("grant it").version()).isEqualTo(SourceVersion.ABSENT);
  }

  @Test
  void onlyTheKeysThatAreNamedAreKept() {
    Present map =
        Present.ofConfigMap(
            VERSION,
            Map.of("one", "1", "two", "2", "long", "x".repeat(5000)),
            Map.of("binary", "/w==", "other", "/w=="));

    Present kept = map.only(Set.of("one", "binary", "missing"), null);

    assertThat(kept.values()).containsExactly(entry("one", "1"));
    assertThat(kept.unusable()).containsExactly(entry("binary", Flaw.NOT_TEXT));
    assertThat(kept.version()).isEqualTo(VERSION);
  }

  @Test
  void ofAWholeObjectIsKeptWhatMakesVariables() {
    Present map = Present.ofConfigMap(VERSION, Map.of("A", "1", "b.c", "2", "d.e", "3"), Map.of());

    Present kept = map.only(Set.of("d.e"), name -> !name.contains("."));

    assertThat(kept.values()).containsOnlyKeys("A", "d.e");
    assertThat(kept.unusable()).containsExactly(entry("b.c", Flaw.NO_NAME));
  }

  @Test
  void ofALargeObjectIsKeptWhatShowsThatItIsTooLarge() {
    Map<String, String> data = new HashMap<>();
    for (int number = 0; number < 10_000; number++) {
      data.put("KEY_" + number, "x".repeat(90));
    }

    Present kept =
        Present.ofConfigMap(VERSION, data, Map.of()).only(Set.of("KEY_9999"), name -> true);

    int size = kept.values().values().stream().mapToInt(String::length).sum();
    assertThat(size).isBetween(10_000, 32_768);
    assertThat(kept.values()).containsKey("KEY_9999");
    assertThat(kept.unusable()).hasSizeBetween(512, 1000).containsValue(Flaw.TOO_MANY);
  }

  @Test
  void keysThatMakeNoVariablesTakeNoRoomOfOthers() {
    // Given: in the order of keys, those without a name come first
    Map<String, String> data = new HashMap<>();
    for (int number = 0; number < 1_000; number++) {
      data.put("a." + number, "x".repeat(900));
    }
    data.put("long", "x".repeat(4097));
    data.put("user", "admin");
    Map<String, String> binary = new HashMap<>();
    for (int number = 0; number < 1_000; number++) {
      binary.put("b." + number, "/w==");
    }
    binary.put("key", "/w==");

    // When
    Present kept =
        Present.ofConfigMap(VERSION, data, binary).only(Set.of(), name -> !name.contains("."));

    // Then
    assertThat(kept.values()).containsExactly(entry("user", "admin"));
    assertThat(kept.unusable())
        .hasSize(102)
        .contains(entry("key", Flaw.NOT_TEXT), entry("long", Flaw.TOO_LONG));
  }

  @Test
  void ofManySmallKeysNoneIsLeftOutThatFitsAFunction() {
    // Given: a name has at least two letters, so that 511 variables fit 4096 bytes
    Map<String, String> data = new HashMap<>();
    for (int number = 0; number < 511; number++) {
      data.put("" + (char) ('A' + number / 26) + (char) ('A' + number % 26), "");
    }

    Present kept = Present.ofConfigMap(VERSION, data, Map.of()).only(Set.of(), name -> true);

    assertThat(kept.values()).hasSize(511);
    assertThat(kept.unusable()).isEmpty();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
