package dev.lambdaconfig.decision.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.lambdaconfig.decision.ownership.IdentityProofs.NamedFunction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** AWS's answers about the functions of one name, in as many accounts as tenants name. */
final class IdentityProofsTest {

  private static final String HOME = "210987654321";
  private static final NamedFunction BARE = new NamedFunction(null, HOME);

  @Test
  void anAnswerOfTheFirstAccountIsOfTheBareNameOnceThatAccountIsThatOfTheIdentity() {
    IdentityProofs proofs =
        IdentityProofs.NONE.with(new NamedFunction(HOME, null), "s1", true, HOME, 1);

    assertThat(proofs.of(BARE)).isEqualTo(new ReadProof(true, HOME, 1, 1));
    assertThat(proofs.of(new NamedFunction("999999999999", HOME))).isNull();
  }

  @Test
  void theAccountOfTheIdentityIsThatOfTheLastAnswer() {
    IdentityProofs proofs =
        IdentityProofs.NONE
            .with(new NamedFunction("999999999999", "111111111111"), "s1", false, null, 1)
            .with(new NamedFunction("888888888888", HOME), "s2", false, null, 2);

    assertThat(proofs.account(new NamedFunction(null, null))).isEqualTo(HOME);
    assertThat(proofs.ofSession("s1").account(new NamedFunction(null, null)))
        .isEqualTo("111111111111");
  }

  @Test
  void onlyWhatIsNamedIsKept() {
    IdentityProofs proofs = denied(3).with(BARE, "s1", true, HOME, 10);

    assertThat(proofs.of(List.of(named(1))).of(named(1))).isNotNull();
    assertThat(proofs.of(List.of(named(1))).of(named(2))).isNull();
    assertThat(proofs.of(List.of(BARE)).of(BARE)).isNotNull();
    assertThat(proofs.of(List.of()).isEmpty()).isTrue();
  }

  @Test
  void oneAccountIsFoundAsSoonAmongThousandsAsAlone() {
    // Given
    IdentityProofs proofs = denied(5000);

    // Then: a search would look at four billion of them
    assertTimeout(
        Duration.ofSeconds(8),
        () -> {
          for (int i = 0; i < 400_000; i++) {
            assertThat(proofs.account(named(i % 5000))).isNotNull();
          }
        });
  }

  private static IdentityProofs denied(int accounts) {
    IdentityProofs proofs = IdentityProofs.NONE;
    for (int i = 0; i < accounts; i++) {
      proofs = proofs.with(named(i), "s1", false, null, i + 1);
    }
    return proofs;
  }

  private static NamedFunction named(int account) {
    return new NamedFunction("%012d".formatted(account), HOME);
  }
}
