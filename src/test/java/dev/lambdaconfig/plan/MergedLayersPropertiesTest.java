package dev.lambdaconfig.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.OwnedEntries;
import dev.lambdaconfig.plan.EntryOwnership.Announcement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for all layers of a spec, of a function, and of those that a resource owns. */
final class MergedLayersPropertiesTest {

  private static final int CASES = 2000;

  /** Layers of a spec, of a function, and those that the resource owns. */
  private record Case(List<String> own, List<String> live, List<String> owned) {
    static Case of(Random random) {
      return new Case(some(random, 5), some(random, 5), some(random, 3));
    }

    Desired desired() {
      ObjectNode spec = TestSpecs.object().put("layersPolicy", "Merge");
      own.forEach(spec.putArray("layers")::add);
      return TestSpecs.desired(spec)
          .owning(
              EntryOwnership.of(List.of(new OwnedEntries("layers", owned, null))), path -> false);
    }

    Plan plan() {
      return Diff.between(desired(), function(live));
    }

    /** The layers after the plan was applied. */
    List<String> after() {
      JsonNode sent = TestSpecs.json(plan().request()).path("Layers");
      if (sent.isMissingNode()) {
        return live;
      }
      List<String> after = new ArrayList<>();
      sent.forEach(arn -> after.add(arn.asText()));
      return after;
    }

    List<String> foreign() {
      return live.stream().filter(arn -> !has(own, arn) && !has(owned, arn)).toList();
    }
  }

  private static List<String> some(Random random, int most) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      names.add("layer:" + "abcdef".charAt(random.nextInt(6)));
    }
    return names.stream().map(name -> name + ":" + random.nextInt(1, 3)).toList();
  }

  private static boolean has(List<String> arns, String arn) {
    return arns.stream().anyMatch(other -> other.substring(0, 7).equals(arn.substring(0, 7)));
  }

  private static dev.lambdaconfig.model.ObservedFunction function(List<String> layers) {
    ObjectNode answer = TestSpecs.object().put("FunctionName", "fn").put("State", "Active");
    answer.put("LastUpdateStatus", "Successful");
    var list = answer.putArray("Layers");
    layers.forEach(arn -> list.add(TestSpecs.object().put("Arn", arn)));
    return TestSpecs.function(answer);
  }

  @Test
  void noForeignLayerIsLostAndOursComeFirst() {
    int[] seen = new int[3];
    for (long seed = 0; seed < CASES; seed++) {
      Case each = Case.of(new Random(seed));
      Plan plan = each.plan();
      List<String> wanted = new ArrayList<>(each.own());
      wanted.addAll(each.foreign());

      if (wanted.size() > 5) {
        seen[0]++;
        assertThat(plan.request()).as("seed %s: %s", seed, each).isEmpty();
        assertThat(plan.blockedFields()).as("seed %s: %s", seed, each).containsExactly("layers");
      } else {
        seen[wanted.equals(each.live()) ? 1 : 2]++;
        assertThat(each.after()).as("seed %s: %s", seed, each).isEqualTo(wanted);
        assertThat(plan.isEmpty())
            .as("seed %s: %s", seed, each)
            .isEqualTo(wanted.equals(each.live()));
        // A plan that repeats layers of others is only as good as its read.
        assertThat(plan.merged())
            .as("seed %s: %s", seed, each)
            .isEqualTo(!plan.isEmpty() && !each.foreign().isEmpty());
      }
    }
    assertThat(seen).as("blocked, in sync, sent").doesNotContain(0);
  }

  @Test
  void twoLayersOfAwsItselfAreNoVersionsOfOneLayer() {
    String ours = "arn:aws:lambda:::awslayer:Ours";
    String theirs = "arn:aws:lambda:::awslayer:Theirs";

    assertThat(new Case(List.of(ours), List.of(theirs), List.of()).after())
        .containsExactly(ours, theirs);
  }

  @Test
  void whatWasAppliedDiffersNoMoreAndOwnsWhatItAdded() {
    for (long seed = 0; seed < CASES; seed++) {
      Case each = Case.of(new Random(seed));
      Plan plan = each.plan();
      if (plan.isEmpty()) {
        continue;
      }
      EntryOwnership before =
          EntryOwnership.of(List.of(new OwnedEntries("layers", each.owned(), null)));

      EntryOwnership announced =
          before.after(each.desired(), Announcement.NONE, plan, function(each.live()));
      EntryOwnership accepted =
          announced.after(each.desired(), Announcement.ACCEPTED, null, function(each.after()));
      EntryOwnership refused =
          announced.after(each.desired(), Announcement.NONE, null, function(each.live()));

      List<String> owned = requireNonNull(layersOf(accepted).entries());
      Case after = new Case(each.own(), each.after(), owned);
      assertThat(after.plan().isEmpty()).as("seed %s: %s", seed, each).isTrue();
      assertThat(owned)
          .as("seed %s: %s", seed, each)
          .allMatch(arn -> has(each.own(), arn))
          .containsAll(each.own().stream().filter(arn -> !each.live().contains(arn)).toList());
      assertThat(layersOf(refused).provisional()).isNull();
      assertThat(each.owned()).containsAll(requireNonNull(layersOf(refused).entries()));
    }
  }

  private static OwnedEntries layersOf(EntryOwnership ownership) {
    return requireNonNull(ownership.fields()).getFirst();
  }
}
