package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The tokens of a rate of 10 a second, whose burst is two. */
final class TokenBucketTest {

  private static final long SECOND = 1_000_000_000L;

  private final AdaptiveRate rate = new AdaptiveRate(10, 10);
  private final TokenBucket bucket = new TokenBucket(rate, 0);

  @Test
  void aNewBucketIsFull() {
    assertThat(bucket.isFull()).isTrue();
    assertThat(bucket.whole()).isEqualTo(2);
  }

  @Test
  void tokensComeBackWithTimeUpToTheBurst() {
    // Given
    take(2);

    // When
    bucket.fill(SECOND / 10);
    int afterOne = bucket.whole();
    bucket.fill(SECOND);

    // Then
    assertThat(afterOne).isEqualTo(1);
    assertThat(bucket.whole()).isEqualTo(2);
    assertThat(bucket.isFull()).isTrue();
  }

  @Test
  void aTokenThatIsOwedIsPaidBackFirst() {
    // Given
    take(4);

    // When
    bucket.fill(SECOND / 10);

    // Then
    assertThat(bucket.tokens()).isCloseTo(-1, within(1e-6));
    assertThat(bucket.spare()).isNegative();
  }

  @Test
  void tokensAreLostFromWhenTheBucketIsFull() {
    // Given
    take(2);

    // When
    bucket.fill(SECOND / 10);
    double before = bucket.lost(SECOND / 10);
    bucket.fill(SECOND / 2);

    // Then: full after 0.2 s, so the tokens of 0.3 s are lost
    assertThat(before).isZero();
    assertThat(bucket.lost(SECOND / 2)).isCloseTo(3, within(1e-6));
  }

  @Test
  void aTokenThatWasNotUsedIsPutBackButNotOverTheBurst() {
    // Given
    take(1);

    // When
    bucket.putBack();
    bucket.putBack();

    // Then
    assertThat(bucket.tokens()).isEqualTo(2);
  }

  @Test
  void whatIsSavedUpCanBeDroppedAndWhatIsOwedCannot() {
    // When
    bucket.drop(1);
    double dropped = bucket.tokens();
    take(3);
    bucket.drop(0);

    // Then
    assertThat(dropped).isEqualTo(1);
    assertThat(bucket.tokens()).isEqualTo(-2);
  }

  @Test
  void aClockThatStepsBackTakesNothing() {
    // Given
    bucket.fill(SECOND);
    take(1);

    // When
    long now = bucket.fill(SECOND / 2);

    // Then
    assertThat(now).isEqualTo(SECOND);
    assertThat(bucket.tokens()).isEqualTo(1);
  }

  private void take(int tokens) {
    for (int i = 0; i < tokens; i++) {
      bucket.take();
    }
  }
}
