package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.DeletedResource.FUNCTION;
import static dev.lambdaconfig.feature.DeletedResource.NAME;
import static dev.lambdaconfig.feature.DeletedResource.REFUSED;

import java.util.Set;
import org.awaitility.Awaitility;

/** A step of a reconcile at which a resource is deleted. */
enum ReconcileStep {
  AT_REST {
    @Override
    void reach(DeletedResource deleted) {
      deleted.apply(30);
      deleted.resources().awaitReady(NAME);
      deleted.awaitHeldAt("ResourceStates.states");
    }
  },
  UNREADABLE {
    @Override
    void reach(DeletedResource deleted) {
      deleted.operator().aws().faults().onReads().always().thenThrottle();
      deleted.apply(30);
      deleted.awaitHeldAt("ResourceStates.states");
    }
  },
  BEING_READ {
    @Override
    void reach(DeletedResource deleted) {
      deleted
          .operator()
          .aws()
          .faults()
          .onReads()
          .of(FUNCTION)
          .thenMeanwhile(deleted::deleteAndBeForgotten);
      deleted.apply(30);
      deleted.resources().awaitGone(NAME);
    }
  },
  WAITING_FOR_A_TOKEN {
    @Override
    void reach(DeletedResource deleted) throws Exception {
      // Each of the others takes a token before, of one in two seconds.
      deleted.inSync();
      Fleet others = deleted.others("timeout: 30", 12);
      others.awaitReady();
      deleted.operator().stop();
      deleted.operator().start(deleted.operator().options().withAwsMaxRequestsPerSecond(0.5));
      others.apply("timeout: 31");
      deleted.apply(31);
      deleted.awaitHeldAt("FairQueue.waiters");
      deleted.resources().awaitReason(NAME, "Updating");
    }
  },
  BEING_UPDATED {
    @Override
    void reach(DeletedResource deleted) {
      deleted.inSync();
      deleted.updates().thenMeanwhile(deleted::deleteAndBeForgotten);
      deleted.apply(31);
      deleted.resources().awaitGone(NAME);
    }
  },
  BEING_REFUSED {
    @Override
    void reach(DeletedResource deleted) {
      deleted.inSync();
      deleted
          .operator()
          .aws()
          .faults()
          .onUpdates()
          .of(FUNCTION)
          .thenMeanwhile(deleted::deleteAndBeForgotten);
      deleted.updates().thenAnswer(400, REFUSED, "No");
      deleted.apply(31);
      deleted.resources().awaitGone(NAME);
    }
  },
  SETTLING {
    @Override
    void reach(DeletedResource deleted) {
      deleted.inSync();
      deleted.updates().thenHoldUpdate();
      deleted.apply(31);
      deleted.awaitHeldAt("ConcurrencyLimit.unsettled");
    }
  },
  WAITING_FOR_OTHERS_TO_SETTLE {
    @Override
    void reach(DeletedResource deleted) throws Exception {
      deleted.inSync();
      deleted.operator().aws().faults().onUpdates().always().thenHoldUpdate();
      deleted.others("timeout: 31", 12);
      Awaitility.await()
          .atMost(Fleet.PATIENCE)
          .until(() -> deleted.operator().aws().requests().updates().size() == 10);
      deleted.apply(31);
      deleted.resources().awaitReason(NAME, "Updating");
    }
  },
  PAUSED {
    @Override
    void reach(DeletedResource deleted) throws Exception {
      deleted.inSync();
      deleted.operator().aws().faults().onUpdates().always().thenAnswer(400, REFUSED, "No");
      deleted.others("timeout: 31", 12);
      deleted.apply(31);
      deleted
          .resources()
          .await(
              NAME,
              "to have failed or to be paused",
              resource -> Set.of(REFUSED, "UpdatesPaused").contains(Tenant.readyReason(resource)));
    }
  },
  PROBING {
    @Override
    void reach(DeletedResource deleted) throws Exception {
      deleted.inSync();
      deleted.updates().thenHoldUpdate();
      Fleet others = deleted.others("timeout: 30", 12);
      others.awaitReady();
      for (String name : others.names()) {
        deleted
            .operator()
            .aws()
            .faults()
            .onUpdates()
            .of(name)
            .always()
            .thenAnswer(400, REFUSED, "No");
      }
      others.apply("timeout: 31");
      others.await(
          "to have failed or to be paused",
          resource -> Set.of(REFUSED, "UpdatesPaused").contains(Tenant.readyReason(resource)));
      deleted.apply(31);
      deleted.resources().awaitReason(NAME, "UpdatesPaused");
      deleted.resources().requestReconcile(NAME, "1");
      deleted.awaitHeldAt("CircuitBreaker.probe");
    }
  },
  STALLED {
    @Override
    void reach(DeletedResource deleted) {
      deleted.inSync();
      deleted.updates().thenAnswer(400, REFUSED, "No");
      deleted.apply(31);
      deleted.resources().awaitStalled(NAME, REFUSED);
      deleted.awaitHeldAt("UpdateWindow");
    }
  },
  RETRYING {
    @Override
    void reach(DeletedResource deleted) {
      deleted.inSync();
      deleted.updates().thenAnswer(500, "ServiceException", "Later");
      deleted.apply(31);
      deleted.resources().awaitReason(NAME, "ServiceException");
    }
  },
  FAILING_TO_SETTLE {
    @Override
    void reach(DeletedResource deleted) {
      deleted.inSync();
      deleted.updates().thenFailUpdate("The subnet is full", "SubnetOutOfIPAddresses");
      deleted.apply(31);
      deleted.resources().awaitReason(NAME, "SubnetOutOfIPAddresses");
    }
  },
  SUSPENDED {
    @Override
    void reach(DeletedResource deleted) {
      deleted.inSync();
      deleted.apply("functionName: orders\ntimeout: 31\nsuspend: true");
      Events.await(deleted.operator(), NAME, "Suspended");
    }
  },
  RESTORED {
    @Override
    void reach(DeletedResource deleted) {
      deleted.apply(
          """
          functionName: orders
          deletionPolicy: Restore
          timeout: 31
          environment: {variables: {LEVEL: x}}\
          """);
      deleted.resources().awaitReady(NAME);
    }
  };

  /** Brings the resource to this step; may delete it by itself. */
  abstract void reach(DeletedResource deleted) throws Exception;
}
