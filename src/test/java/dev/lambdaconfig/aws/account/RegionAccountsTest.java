package dev.lambdaconfig.aws.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.AccountQuota;
import dev.lambdaconfig.aws.limit.Bulkheads;
import dev.lambdaconfig.aws.limit.RegionLimits;
import org.junit.jupiter.api.Test;

/** The accounts of one Region, and which of them pays for a call. */
final class RegionAccountsTest {

  private static final String OTHER = "999999999999";

  private int created;
  private final RegionAccounts accounts =
      new RegionAccounts(
          "eu-west-1",
          new RegionLimits(() -> 0, new Bulkheads(10)),
          limits -> {
            created++;
            return new Account(new AccountQuota(10, () -> 0), () -> 0);
          },
          0);

  @Test
  void theOperatorsAccountPaysUntilAFunctionOfTheOtherWasDescribed() {
    // Given
    accounts.join(OTHER, accounts.home());
    assertThat(accounts.of(OTHER)).isSameAs(accounts.home());

    // When
    accounts.described(OTHER);
    accounts.described(OTHER);

    // Then
    assertThat(accounts.of(OTHER)).isNotSameAs(accounts.home());
    assertThat(accounts.charged()).containsExactly(accounts.home(), accounts.of(OTHER));
    assertThat(created).isEqualTo(2);
  }

  @Test
  void anAccountThatNobodyNamesIsNotRecorded() {
    // When
    accounts.described(OTHER);

    // Then
    assertThat(accounts.of(OTHER)).isSameAs(accounts.home());
    assertThat(created).isEqualTo(1);
  }

  @Test
  void anAccountThatIsLeftAndJoinedHasTheSameQuotaOnceItIsDescribedAnew() {
    // Given
    accounts.join(OTHER, accounts.home());
    accounts.join(OTHER, accounts.home());
    accounts.described(OTHER);
    Account own = accounts.of(OTHER);

    // When
    accounts.leave(OTHER, 1);
    assertThat(accounts.of(OTHER)).as("one caller is left").isSameAs(own);
    accounts.leave(OTHER, 2);
    accounts.join(OTHER, accounts.home());

    // Then
    assertThat(accounts.of(OTHER)).isSameAs(accounts.home());
    accounts.described(OTHER);
    assertThat(accounts.of(OTHER)).isSameAs(own);
  }

  @Test
  void accountsBeyondTheLimitShareTheOperatorsQuota() {
    // When
    for (int i = 0; i < 501; i++) {
      accounts.join("account-" + i, accounts.home());
      accounts.described("account-" + i);
    }

    // Then
    assertThat(accounts.of("account-499")).isNotSameAs(accounts.home());
    assertThat(accounts.of("account-500")).isSameAs(accounts.home());
    assertThat(created).isEqualTo(501);
  }

  @Test
  void aRegionIsGoneAWhileAfterItsLastCallerLeft() {
    // Given
    accounts.join(null, accounts.home());
    accounts.join(OTHER, accounts.home());
    accounts.described(OTHER);
    assertThat(accounts.isUsed()).isTrue();
    assertThat(accounts.isGone(100)).isFalse();

    // When
    accounts.leave(null, 10);
    accounts.leave(OTHER, 20);

    // Then
    assertThat(accounts.isUsed()).isFalse();
    assertThat(accounts.isGone(20)).isFalse();
    assertThat(accounts.isGone(21)).isTrue();
  }
}
