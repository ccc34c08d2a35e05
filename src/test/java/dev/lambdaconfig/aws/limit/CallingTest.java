package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits is called when a token comes, whatever it was told before. */
final class CallingTest {

  private final World world = new World();
  private final AccountBudget account = new AccountBudget(10, world::nanos);
  private final RequestBudget budget = account.control();

  private void empty() {
    while (budget.ask("emptying", Priority.WRITE) instanceof Turn.Now now) {
      now.permit().done(Outcome.ANSWERED);
    }
    budget.forget("emptying");
  }

  private void queue(String... names) {
    for (String name : names) {
      assertThat(budget.ask(name, Priority.READ)).isInstanceOf(Turn.Later.class);
    }
  }

  @Test
  void theFirstInLineAreCalledAsTokensCome() {
    // Given
    empty();
    queue("a", "b", "c");

    // When
    List<String> atOnce = budget.due();
    world.pass(0.2);
    List<String> then = budget.due();

    // Then
    assertThat(atOnce).isEmpty();
    assertThat(then).containsExactly("a", "b");
  }

  @Test
  void nobodyIsCalledTwiceForTheSameToken() {
    // Given
    empty();
    queue("a", "b");
    world.pass(0.1);
    budget.due();

    // When
    world.pass(0.02);
    List<String> again = budget.due();

    // Then
    assertThat(again).isEmpty();
  }

  @Test
  void whoIsCalledGoesThoughItWasToldALaterTime() {
    // Given
    empty();
    for (int i = 0; i < 200; i++) {
      budget.ask("x" + i, Priority.SWEEP);
    }
    queue("a");
    world.pass(0.1);

    // When
    List<String> called = budget.due();

    // Then
    assertThat(called).containsExactly("a");
    assertThat(budget.ask("a", Priority.READ)).isInstanceOf(Turn.Now.class);
  }

  @Test
  void allAreServedWithoutComingBackByThemselves() {
    // Given
    empty();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      waiting.add("w" + i);
      budget.ask("w" + i, Priority.WRITE);
    }

    // When: for 11 seconds, at 10 a second
    for (int beat = 0; beat < 440; beat++) {
      world.pass(0.025);
      for (String who : budget.due()) {
        if (budget.ask(who, Priority.WRITE) instanceof Turn.Now now) {
          now.permit().done(Outcome.ANSWERED);
          waiting.remove(who);
        }
      }
    }

    // Then
    assertThat(waiting).isEmpty();
    assertThat(account.waiting()).isZero();
  }

  @Test
  void aTurnThatIsGivenBackIsThereForAnother() {
    // Given
    empty();
    world.pass(0.1);
    Turn.Now turn = (Turn.Now) budget.ask("a", Priority.WRITE);

    // When
    turn.permit().giveBack();

    // Then
    assertThat(budget.inFlight()).isZero();
    assertThat(budget.ask("b", Priority.WRITE)).isInstanceOf(Turn.Now.class);
  }

  @Test
  void aProbeThatIsGivenBackIsMadeByTheNext() {
    // Given an endpoint that does not answer
    for (int i = 0; i < 5; i++) {
      budget.borrow().done(Outcome.UNREACHABLE);
    }
    assertThat(budget.ask("a", Priority.WRITE)).isInstanceOf(Turn.Unavailable.class);
    world.pass(1.1);
    Turn.Now probe = (Turn.Now) budget.ask("a", Priority.WRITE);
    assertThat(budget.ask("b", Priority.WRITE)).isInstanceOf(Turn.Unavailable.class);

    // When
    probe.permit().giveBack();

    // Then
    assertThat(budget.ask("b", Priority.WRITE)).isInstanceOf(Turn.Now.class);
  }

  @Test
  void nobodyIsCalledWhileTheEndpointIsAway() {
    // Given
    empty();
    queue("a");
    for (int i = 0; i < 5; i++) {
      budget.borrow().done(Outcome.UNREACHABLE);
    }

    // When
    world.pass(0.9);

    // Then
    assertThat(budget.due()).isEmpty();
  }
}
