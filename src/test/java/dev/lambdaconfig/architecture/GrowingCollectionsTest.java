package dev.lambdaconfig.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each collection that can grow is named in {@code /debug/state}, or here with why it is not. */
final class GrowingCollectionsTest {

  private static final String ONE_FOR_EACH_PRIORITY = "one entry for each priority";
  private static final String LABELS = "bounded by the labels, at most 60 Regions";

  private static final Map<String, String> WHY_NOT =
      Map.ofEntries(
          Map.entry("KnownRegions.given", "an option"),
          Map.entry("Tracked.dependents", "the resources of SourceIndex.keys"),
          Map.entry(
              "ResourceState.appliedVariables", "some of the variables that one annotation names"),
          Map.entry("FirstLists.begun", "one for each watched namespace"),
          Map.entry("PageLengths.longest", "one for each watched namespace"),
          Map.entry("ReadAhead.pages", "about 8, for 30 s at most"),
          Map.entry("ItemBatches.items", "those of one list, while it arrives"),
          Map.entry("ItemBatches.batches", "some of one list, while it arrives"),
          Map.entry("ItemBatches.batch", "some of one list, while it arrives"),
          Map.entry("StatusExcess.removals", "those of one patch, 4,000 at most"),
          Map.entry(
              "ListedItems.items",
              "those of a page that the client reads next, for 5 minutes at most"),
          Map.entry("StatusGaps.missing", "some of the fields of the status"),
          Map.entry("ServedSchema.hidden", "some of the members of the spec"),
          Map.entry("StatusGaps.documented", "some of the fields of the status"),
          Map.entry("ServedSchema.undeclared", "some of the members of the spec"),
          Map.entry("ServedSchema.timer", "one task"),
          Map.entry("Answers.threads", "a thread for each answer that arrives"),
          Map.entry("SpecHiddenException.members", "some of the members of the spec"),
          Map.entry("Callers.calls", "the calls that a caller can wait for"),
          Map.entry("FairQueue.levels", ONE_FOR_EACH_PRIORITY),
          Map.entry("GrantNotifier.timer", "one task"),
          Map.entry("RequeueTimer.threads", "one for each kind of schedule"),
          Map.entry("TenantIdentity.waiting", "some of TenantIdentities.keyOfUid"),
          Map.entry("BaselineCollector.leftAlone", "that of the last round"),
          Map.entry("BaselineCollector.timer", "one task"),
          Map.entry("BaselineCollector.watched", "some of an option"),
          Map.entry("CollectionRound.leftAlone", "of a round that ends"),
          Map.entry("News.changes", "one for each account that resources of a function name"),
          Map.entry("Kin.claiming", "some of Contest.members"),
          Map.entry("Kin.reading", "some of Contest.members"),
          Map.entry("Side.proven", "some of Contest.kins"),
          Map.entry(
              "ResourceGroups.byNamespace",
              "reported as CircuitBreaker.waiting and CircuitBreaker.failing"),
          Map.entry("PolicyWatch.timer", "one task"),
          Map.entry("WatchMonitor.timer", "one task"),
          Map.entry("LeftOutNamespaces.timer", "one task"),
          Map.entry("ResourceCache.arriving", "some of an option"),
          Map.entry("WatchedNamespaces.names", "some of an option"),
          Map.entry("Count.roles", "of a command that ends"),
          Map.entry("RunningOperator.stopSequence", "the steps of a stop"),
          Map.entry("StateSnapshot.sources", "the reporters themselves"),
          Map.entry("KubernetesEventRecorder.senders", "one thread for each of EventQueue.lanes"),
          Map.entry("OpenConnections.open", "at most 64 connections for at most 10 s each"),
          Map.entry("RateLimiterMetrics.waits", ONE_FOR_EACH_PRIORITY),
          Map.entry("ReconcileMetrics.plans", "one entry for each outcome"),
          Map.entry("ReconcileMetrics.updates", "one entry for each cause and outcome"),
          Map.entry("CallMetrics.timers", LABELS),
          Map.entry("RegionLabels.labels", LABELS),
          Map.entry("RegionLabels.left", LABELS),
          Map.entry("LabelledGauge.next", LABELS));

  @Test
  void eachIsReportedOrSaysWhyNot() {
    Set<String> silent = new TreeSet<>(GrowingCollections.all());
    silent.removeAll(GrowingCollections.reported());

    assertThat(silent)
        .as(
            "collections of which nothing is seen while they grow: add each in a method"
                + " sizes(StateSizes) of its class, which its owner calls, or write here why not")
        .isEqualTo(new TreeSet<>(WHY_NOT.keySet()));
  }

  @Test
  void theKnownOnesAreFound() {
    assertThat(GrowingCollections.reported())
        .contains(
            "ResourceStates.states",
            "RequeueTimer.followUps",
            "WorkQueueAge.entries",
            "ClaimProofs.proofs",
            "OwnWrites.written",
            "ForeignStatuses.truths",
            "FairQueue.waiters",
            "Accounts.regions",
            "WatchedFunctions.byUid",
            "UpdatesByNamespace.byName",
            "EventQueue.lanes",
            "SourceIndex.entries",
            "LambdaClients.clients",
            "TenantIdentities.identities",
            "SdkRoleSessions.credentials");
  }
}
