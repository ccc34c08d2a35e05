package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeapKeeperTest {

  private static final long MEGABYTE = 1 << 20;

  private long old;
  private long live;
  private int collections;
  private final HeapKeeper keeper =
      new HeapKeeper(
          () -> old,
          () -> {
            collections++;
            old = live;
          });

  private void grownTo(long megabytes) {
    old = megabytes * MEGABYTE;
    keeper.look();
  }

  @Test
  void looksForTheDeadWheneverTheOldHaveGrownByHalf() {
    // Given
    live = 40 * MEGABYTE;
    grownTo(50);
    assertThat(collections).isEqualTo(1);

    // When
    grownTo(60);
    int atHalf = collections;
    grownTo(61);

    // Then
    assertThat(atHalf).isEqualTo(1);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void leavesASmallHeapAlone() {
    // Given
    live = 8 * MEGABYTE;
    grownTo(13);

    // When
    grownTo(20);

    // Then
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void doesNotLookAgainWhereNothingWasDead() {
    // Given
    live = 80 * MEGABYTE;
    grownTo(80);

    // When
    keeper.look();
    keeper.look();

    // Then
    assertThat(collections).isEqualTo(1);
  }
}
