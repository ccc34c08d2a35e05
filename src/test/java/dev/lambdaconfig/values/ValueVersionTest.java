package dev.lambdaconfig.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.source.SourceVersion;
import org.junit.jupiter.api.Test;

/** Equal values keep their version, and what not all dependents have read is passed on. */
final class ValueVersionTest {

  private static final SourceVersion ONE = new SourceVersion("uid", "1");
  private static final SourceVersion TWO = new SourceVersion("uid", "2");
  private static final SourceVersion THREE = new SourceVersion("uid", "3");

  private final ValueVersion values = new ValueVersion();

  @Test
  void equalValuesKeepTheirVersion() {
    assertThat(values.read(ONE, "a")).isEqualTo(ONE);
    assertThat(values.read(TWO, "a")).isEqualTo(ONE);

    assertThat(values.of(TWO)).isEqualTo(ONE);
    assertThat(values.isAnnounced(ONE)).isTrue();
  }

  @Test
  void otherValuesHaveAnotherVersion() {
    values.read(ONE, "a");

    assertThat(values.read(TWO, "b")).isEqualTo(TWO);
    assertThat(values.isAnnounced(TWO)).isFalse();
  }

  @Test
  void valuesThatAreBackAreOthersForWhoeverHasReadThoseInBetween() {
    values.read(ONE, "a");
    values.read(TWO, "b");

    assertThat(values.isAnnounced(values.read(THREE, "a"))).isFalse();
  }

  @Test
  void equalValuesOfANewObjectHaveAnotherVersion() {
    values.read(ONE, "a");

    SourceVersion recreated = new SourceVersion("other", "2");
    assertThat(values.read(recreated, "a")).isEqualTo(recreated);
  }

  @Test
  void theFirstReadAfterAnAnnouncementIsWhatAllKnow() {
    values.read(ONE, "a");
    values.read(TWO, "b");
    values.announcing();
    assertThat(values.isAnnounced()).isFalse();

    values.read(TWO, "b");
    assertThat(values.isAnnounced(TWO)).isTrue();
  }

  @Test
  void ofAnObjectThatIsGoneNothingIsKnown() {
    values.read(ONE, "a");
    values.absent();

    assertThat(values.isAnnounced()).isFalse();
    assertThat(values.of(ONE)).isEqualTo(ONE);
    assertThat(values.read(TWO, "a")).isEqualTo(TWO);
  }

  @Test
  void aVersionThatWasNotReadIsAnother() {
    values.read(ONE, "a");

    assertThat(values.of(TWO)).isEqualTo(TWO);
  }
}
