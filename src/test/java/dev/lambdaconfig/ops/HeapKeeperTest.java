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
  void looksForTheDeadWheneverTheOldHaveGrownByAQuarter() {
    // Given
    live = 60 * MEGABYTE;
    grownTo(70);
    assertThat(collections).isEqualTo(1);

    // When
    grownTo(75);
    int atAQuarter = collections;
    grownTo(76);

    // Then
    assertThat(atAQuarter).isEqualTo(1);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void looksForTheDeadInALargeHeapBeforeAQuarterIsDead() {
    // Given
    live = 400 * MEGABYTE;
    grownTo(400);
    assertThat(collections).isEqualTo(1);

    // When
    grownTo(431);
    int before = collections;
    grownTo(433);

    // Then
    assertThat(before).isEqualTo(1);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void looksForTheDeadDuringALargeStartAndHoldsUpNoSmallOne() {
    // Given
    live = 20 * MEGABYTE;

    // When
    grownTo(31);
    int small = collections;
    grownTo(33);

    // Then
    assertThat(small).isZero();
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void leavesASmallHeapAlone() {
    // Given
    live = 8 * MEGABYTE;
    grownTo(33);
    assertThat(collections).isEqualTo(1);

    // When
    grownTo(14);

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

  @Test
  void looksForTheDeadOnceAfterABurst() {
    // Given
    live = 40 * MEGABYTE;
    grownTo(41);
    grownTo(45);
    grownTo(49);
    assertThat(collections).isEqualTo(1);

    // When
    for (int look = 0; look < 60; look++) {
      keeper.look();
    }

    // Then
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void looksForTheDeadOnceAfterABurstWhoseLastCollectionFoundMuchAlive() {
    // Given
    live = 40 * MEGABYTE;
    grownTo(41);
    grownTo(51);
    grownTo(41);
    assertThat(collections).isEqualTo(2);
    live = 30 * MEGABYTE;

    // When
    for (int look = 0; look < 120; look++) {
      keeper.look();
    }

    // Then
    assertThat(collections).isEqualTo(3);
    assertThat(old).isEqualTo(30 * MEGABYTE);
  }

  @Test
  void leavesTheHeapAloneAfterOneCollectionOfASlowGrowth() {
    // Given
    live = 40 * MEGABYTE;
    grownTo(41);
    for (int look = 0; look < 60; look++) {
      keeper.look();
    }

    // When
    grownTo(51);
    for (int look = 0; look < 60; look++) {
      keeper.look();
    }

    // Then
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void leavesTheHeapAloneWhileABurstGoesOn() {
    // Given
    live = 40 * MEGABYTE;
    grownTo(41);

    // When
    for (int megabytes = 41; megabytes < 51; megabytes++) {
      grownTo(megabytes);
    }

    // Then
    assertThat(collections).isEqualTo(1);
  }

  @Test
  void leavesTheHeapAloneAfterABurstThatLeftLittle() {
    // Given
    live = 40 * MEGABYTE;
    grownTo(41);
    grownTo(43);

    // When
    for (int look = 0; look < 60; look++) {
      keeper.look();
    }

    // Then
    assertThat(collections).isEqualTo(1);
  }
}
