package dev.lambdaconfig.ops.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.jspecify.annotations.Nullable;

/** A Lease at the API server. */
record KubernetesLeaseStore(KubernetesClient client, String namespace, String name)
    implements LeaseStore {

  private Resource<Lease> resource() {
    return client.leases().inNamespace(namespace).withName(name);
  }

  @Override
  public @Nullable Lease read() {
    return resource().get();
  }

  @Override
  public void create(LeaseSpec spec) {
    Lease lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withSpec(spec)
            .build();
    client.resource(lease).create();
  }

  @Override
  public void write(Lease read, LeaseSpec spec) {
    resource()
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            new LeaseBuilder()
                .withNewMetadata()
                .withResourceVersion(read.getMetadata().getResourceVersion())
                .endMetadata()
                .withSpec(spec)
                .build());
  }
}
