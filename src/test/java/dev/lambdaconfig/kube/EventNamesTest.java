package dev.lambdaconfig.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever a resource is called, its Events have names that the API server takes. */
final class EventNamesTest {

  /** A DNS-1123 subdomain, as the API server checks it. */
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final int LONGEST = 253;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  @Test
  void theNameOfEveryValidResourceGivesAValidName() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      // Given
      String resource = subdomain(random, 1 + random.nextInt(LONGEST));
      String suffix =
          random.nextBoolean()
              ? new UUID(random.nextLong(), random.nextLong()).toString().substring(0, 13)
              : "listing-refused-" + subdomain(random, 1 + random.nextInt(LONGEST));

      // When
      String name = EventNames.of(resource, suffix);

      // Then
      assertThat(name).as("seed %s, resource %s", seed, resource).matches(SUBDOMAIN);
      assertThat(name.length()).as("seed %s: %s", seed, name).isLessThanOrEqualTo(LONGEST);
      assertThat(name).startsWith(resource.substring(0, 1));
    }
  }

  @Test
  void aShortNameIsKeptWhole() {
    assertThat(EventNames.of("orders.api", "550e8400-e29b")).isEqualTo("orders.api.550e8400-e29b");
  }

  @Test
  void aCutDoesNotEndInADashOrADot() {
    for (int letters = 236; letters < 245; letters++) {
      for (String end : new String[] {"-", "--", ".", "-a", ".a"}) {
        String resource = "a".repeat(letters) + end + "b".repeat(8);
        assertThat(EventNames.of(resource, "550e8400-e29b")).matches(SUBDOMAIN);
      }
    }
  }

  @Test
  void ofASuffixOnlyWhatANameTakesIsLeft() {
    assertThat(EventNames.of("orders", "Missing:conditions[].Type ")).matches(SUBDOMAIN);
  }

  private static String subdomain(Random random, int length) {
    StringBuilder name = new StringBuilder();
    while (name.length() < length) {
      boolean edge =
          name.isEmpty() || name.length() == length - 1 || name.charAt(name.length() - 1) == '.';
      int kind = edge ? 0 : random.nextInt(8);
      if (kind == 1 || kind == 2) {
        name.append('-');
      } else if (kind == 3 && name.charAt(name.length() - 1) != '-') {
        name.append('.');
      } else {
        name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    }
    return name.toString();
  }
}
