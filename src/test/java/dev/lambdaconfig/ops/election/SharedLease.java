package dev.lambdaconfig.ops.election;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Lease in memory, for which several candidates stand. */
final class SharedLease {

  private @Nullable Lease lease;
  private int version;

  /** What is stored. */
  LeaseSpec spec() {
    return Objects.requireNonNull(lease).getSpec();
  }

  void put(@Nullable LeaseSpec spec) {
    version++;
    lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withResourceVersion(Integer.toString(version))
            .endMetadata()
            .withSpec(spec)
            .build();
  }

  void delete() {
    lease = null;
  }

  /** The Lease as one candidate reaches it. */
  Access access() {
    return new Access();
  }

  final class Access implements LeaseStore {

    /** Runs as this candidate creates the Lease. */
    Runnable beforeCreate = () -> {};

    private boolean reachable = true;

    /** Every request of this candidate fails from now on. */
    void cutOff() {
      reachable = false;
    }

    @Override
    public @Nullable Lease read() {
      requireReachable();
      return lease;
    }

    @Override
    public void create(LeaseSpec spec) {
      requireReachable();
      require(lease == null);
      beforeCreate.run();
      put(spec);
    }

    @Override
    public void write(Lease read, LeaseSpec spec) {
      requireReachable();
      require(read.equals(lease));
      put(spec);
    }

    private void requireReachable() {
      if (!reachable) {
        throw new KubernetesClientException("no route to host");
      }
    }

    private static void require(boolean unchanged) {
      if (!unchanged) {
        throw new KubernetesClientException(new StatusBuilder().withCode(409).build());
      }
    }
  }
}
