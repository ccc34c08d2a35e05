package dev.lambdaconfig.build.image.debian;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of versions, by examples of deb-version(7). */
final class DebianVersionTest {

  @ParameterizedTest
  @CsvSource({
    "2.41-12, 2.41-12+deb13u5",
    "2.41-9, 2.41-12",
    "1.0~rc1-1, 1.0-1",
    "25.0.5+8-1~deb13u1, 25.0.5.1+2-1~deb13u1",
    "9.9, 1:0.1",
    "1.2, 1.2.1",
    "1.2a, 1.2+b",
    "20250419, 20250419+deb13u1",
  })
  void theFirstIsTheOlder(String older, String newer) {
    assertThat(new DebianVersion(older)).isLessThan(new DebianVersion(newer));
    assertThat(new DebianVersion(newer)).isGreaterThan(new DebianVersion(older));
    assertThat(new DebianVersion(older)).isEqualByComparingTo(new DebianVersion(older));
  }
}
