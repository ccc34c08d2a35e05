package dev.lambdaconfig.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceKey.Kind;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.values.watch.WatchedCollection;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which changes of a source its dependents have to hear of. */
final class SourceIndexTest {

  private static final SourceKey DB = SourceKey.secret("db");
  private static final NamespacedSource SOURCE = new NamespacedSource("team-a", DB);
  private static final WatchedCollection SECRETS = new WatchedCollection(Kind.SECRET, null, null);
  private static final ResourceID ORDERS = new ResourceID("orders", "team-a");
  private static final ResourceID MAIL = new ResourceID("mail", "team-a");
  private static final SourceVersion ONE = new SourceVersion("uid", "1");
  private static final SourceVersion TWO = new SourceVersion("uid", "2");

  private final SourceIndex index = new SourceIndex();

  @Test
  void aSourceIsKeptFromItsFirstDependentToItsLast() {
    assertThat(index.depends(ORDERS, Set.of(DB)).added()).containsExactly(SOURCE);
    assertThat(index.depends(MAIL, Set.of(DB)).added()).isEmpty();
    assertThat(index.dependents(SOURCE)).containsExactlyInAnyOrder(ORDERS, MAIL);

    assertThat(index.depends(ORDERS, Set.of()).removed()).isEmpty();
    assertThat(index.depends(MAIL, Set.of(SourceKey.configMap("db"))).removed())
        .containsExactly(SOURCE);
    assertThat(index.dependents(SOURCE)).isEmpty();
  }

  @Test
  void theSameNameInAnotherNamespaceIsAnotherSource() {
    index.depends(ORDERS, Set.of(DB));

    assertThat(index.dependents(new NamespacedSource("team-b", DB))).isEmpty();
  }

  @Test
  void nothingIsKeptOfASourceThatNobodyDependsOn() {
    assertThat(index.seen(SOURCE, ONE)).isFalse();
    assertThat(index.read(SOURCE, ONE, -1, true)).isFalse();
    assertThat(index.watched(SOURCE)).isNull();
  }

  @Test
  void anotherVersionThanTheOneThatWasReadIsAChange() {
    index.depends(ORDERS, Set.of(DB));
    index.read(SOURCE, ONE, 0, false);

    assertThat(index.seen(SOURCE, ONE)).isFalse();
    assertThat(index.seen(SOURCE, TWO)).isTrue();
    assertThat(index.seen(SOURCE, TWO)).isFalse();
    assertThat(index.seen(SOURCE, SourceVersion.ABSENT)).isTrue();
  }

  @Test
  void theFirstVersionThatIsSeenBeforeAReadIsNoChange() {
    index.depends(ORDERS, Set.of(DB));

    assertThat(index.seen(SOURCE, ONE)).isFalse();
    assertThat(index.watched(SOURCE)).isEqualTo(ONE);
  }

  @Test
  void aReadThatAChangeOvertookIsOld() {
    index.depends(ORDERS, Set.of(DB));
    long before = index.changes(SOURCE);
    index.seen(SOURCE, TWO);

    assertThat(index.read(SOURCE, ONE, before, true)).isTrue();
    assertThat(index.read(SOURCE, TWO, before, true)).isFalse();
  }

  @Test
  void aVersionThatOnlyASecondReadSawIsAChangeForTheFirstReader() {
    index.depends(ORDERS, Set.of(DB));
    index.depends(MAIL, Set.of(DB));
    index.read(SOURCE, ONE, 0, false);
    index.read(SOURCE, TWO, 0, false);

    assertThat(index.seen(SOURCE, TWO)).isTrue();
  }

  @Test
  void whatAListLacksIsGone() {
    index.depends(ORDERS, Set.of(DB, SourceKey.configMap("db"), SourceKey.secret("mail")));
    index.seen(SOURCE, ONE);

    long since = index.listing();
    index.seen(new NamespacedSource("team-a", SourceKey.secret("mail")), ONE);

    assertThat(index.listed(SECRETS, since)).containsExactly(SOURCE);
    assertThat(index.watched(SOURCE)).isEqualTo(SourceVersion.ABSENT);
    assertThat(index.listed(SECRETS, index.listing())).as("the next list").hasSize(1);
  }

  @Test
  void aListSaysNothingOfASourceThatIsNewerThanItsBeginning() {
    long since = index.listing();
    index.depends(ORDERS, Set.of(DB));
    index.read(SOURCE, ONE, 0, false);

    assertThat(index.listed(SECRETS, since)).isEmpty();
    assertThat(index.seen(SOURCE, TWO)).isTrue();
  }

  @Test
  void aVersionIsCurrentOnceAWatchHasShownItOrWouldHaveReplacedIt() {
    index.depends(ORDERS, Set.of(DB));

    index.read(SOURCE, ONE, 0, false);
    assertThat(index.watched(SOURCE)).isNull();
    index.read(SOURCE, TWO, 0, true);
    assertThat(index.watched(SOURCE)).isNull();
    index.read(SOURCE, ONE, 0, true);
    assertThat(index.watched(SOURCE)).isEqualTo(ONE);
  }

  @Test
  void aDependentOfACollectionIsFound() {
    index.depends(ORDERS, Set.of(DB));

    assertThat(index.dependent(SECRETS)).isEqualTo(ORDERS);
    assertThat(index.dependent(new WatchedCollection(Kind.CONFIG_MAP, null, null))).isNull();
    assertThat(index.dependent(new WatchedCollection(Kind.SECRET, "team-b", null))).isNull();
  }
}
