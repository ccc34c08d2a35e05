package dev.lambdaconfig.aws.sweep.watched;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions.ReadGroup;
import dev.lambdaconfig.debug.StateSizes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions that share the reads of an account. */
final class ReadGroupTest {

  private final OwnAccount account = new OwnAccount();
  private final WatchedFunctions watched = account.watched;

  @Test
  void functionsThatManifestsInventMakeNobodyElsesReadsRarer() {
    // Given
    watched.isHome("123456789012");
    watched.watch("a", "orders", "999999999999", null, 0);
    account.read("a", "r1", 1);

    // When
    for (int i = 0; i < 1_000; i++) {
      watched.watch("invented-" + i, "invented-" + i, "999999999999", null, 2);
      watched.seen("invented-" + i, new Sighting(false, null, true, 0), 3);
    }

    // Then
    assertThat(watched.readGroup("a").functions()).isEqualTo(1);
    assertThat(watched.size("999999999999")).isEqualTo(1);
    assertThat(watched.readGroup("invented-7").functions()).isEqualTo(1_001);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "123456789012")
  void neitherDoThoseThatAreInventedInTheOwnAccount(@Nullable String named) {
    // Given
    watched.watch("a", "orders", named, null, 0);
    account.read("a", "r1", 1);
    watched.watch("b", "mails", null, "r7", 1);

    // When
    for (int i = 0; i < 1_000; i++) {
      watched.watch("invented-" + i, "invented-" + i, named, null, 2);
      watched.seen("invented-" + i, new Sighting(false, null, true, 0), 3);
    }

    // Then
    assertThat(watched.readGroup("a")).isEqualTo(new ReadGroup(null, 2));
    assertThat(watched.readGroup("invented-7")).isEqualTo(new ReadGroup(null, 1_002));

    // When the account is known
    watched.isHome("123456789012");

    // Then
    assertThat(watched.readGroup("a")).isEqualTo(new ReadGroup(null, 2));
    assertThat(watched.readGroup("invented-7")).isEqualTo(new ReadGroup(null, 1_002));
  }

  @Test
  void noNumberIsKeptOfAnAccountThatNobodyNames() {
    // Given
    watched.isHome("123456789012");
    watched.watch("a", "orders", "999999999999", "r1", 0);
    watched.watch("b", "mails", "999999999999", null, 0);
    account.read("b", "r7", 1);
    watched.seen("a", new Sighting(false, null, true, 0), 2);

    // When
    watched.forget("a");
    watched.forget("b");

    // Then
    StateSizes sizes = new StateSizes();
    watched.sizes(sizes);
    assertThat(sizes.byName().values()).containsOnly(0L);
  }
}
