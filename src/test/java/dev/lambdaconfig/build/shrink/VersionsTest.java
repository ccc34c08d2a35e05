package dev.lambdaconfig.build.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VersionsTest {

  @Test
  void keepsTheNewestClassThatTheJavaTakesAndThoseForNewerOnes() {
    // Given
    byte[] base = {0};
    byte[] nine = {9};
    byte[] seventeen = {17};
    byte[] twentyTwo = {22};
    Map<String, byte[]> jar = new LinkedHashMap<>();
    jar.put("META-INF/versions/17/a/Both.class", seventeen);
    jar.put("META-INF/versions/9/a/Both.class", nine);
    jar.put("META-INF/versions/22/a/Both.class", twentyTwo);
    jar.put("a/Both.class", base);
    jar.put("a/Plain.class", base);
    jar.put("META-INF/versions/9/a/Only.class", nine);

    // When
    Map<String, byte[]> flat = Versions.flattened(jar, 21);

    // Then
    assertThat(flat)
        .containsOnly(
            Map.entry("a/Both.class", seventeen),
            Map.entry("META-INF/versions/22/a/Both.class", twentyTwo),
            Map.entry("a/Plain.class", base),
            Map.entry("a/Only.class", nine));
  }
}
