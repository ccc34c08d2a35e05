package dev.lambdaconfig.kube.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ValueFingerprintTest {

  private static final List<String> VALUES =
      IntStream.range(0, 2000).mapToObj(i -> "value-" + i % 100).toList();

  private final ValueFingerprint fingerprint = new ValueFingerprint();

  @Test
  void equalValuesHaveEqualFingerprintsWhoeverAsksAtTheSameTime() {
    // Given
    List<String> oneByOne = VALUES.stream().map(fingerprint::of).toList();

    // When
    List<String> atOnce = VALUES.parallelStream().map(fingerprint::of).toList();

    // Then
    assertThat(atOnce).isEqualTo(oneByOne);
    assertThat(oneByOne.stream().collect(Collectors.toSet())).hasSize(100);
  }

  @Test
  void anotherProcessHasOtherFingerprints() {
    // When, Then
    assertThat(new ValueFingerprint().of("value")).isNotEqualTo(fingerprint.of("value"));
  }
}
