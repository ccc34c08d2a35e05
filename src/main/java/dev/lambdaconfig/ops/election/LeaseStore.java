package dev.lambdaconfig.ops.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * One stored Lease. Each method throws a {@link KubernetesClientException} if the API server cannot
 * be reached or refuses.
 */
interface LeaseStore {

  /** Returns the Lease, or null if there is none. */
  @Nullable Lease read();

  /** Creates the Lease; refused if it exists. */
  void create(LeaseSpec spec);

  /** Replaces the members of a Lease's spec; refused if it changed since it was read. */
  void write(Lease read, LeaseSpec spec);
}
