package dev.lambdaconfig.feature;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The ways of applying a changed manifest, each of which has to bring a clear to the function. */
enum WayOfApplying {
  SERVER_SIDE_APPLY,
  CLIENT_SIDE_APPLY,
  REPLACE;

  /**
   * Changes a resource.
   *
   * @param spec the whole new spec
   * @param patch what client-side apply makes of it, as a merge patch of the spec
   */
  void change(ResourceClient resources, String name, String spec, String patch) {
    switch (this) {
      case SERVER_SIDE_APPLY -> resources.apply(name, spec);
      case CLIENT_SIDE_APPLY ->
          resources
              .resource(name)
              .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + patch + "}");
      case REPLACE -> resources.load(name, spec).update();
    }
  }
}
