package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.FileSystemConfig;
import dev.lambdaconfig.api.ImageConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.VpcConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Items and values of a spec that are null. The schema lets none in, but a manifest that is read
 * from a file, or was let in by an older schema, can have them; to AWS they would read "null".
 */
final class Gaps {

  private final List<String> found = new ArrayList<>();

  private Gaps() {}

  /** What is missing, each with what to write instead. */
  static List<String> in(LambdaFunctionConfigSpec spec) {
    Gaps gaps = new Gaps();
    gaps.list("layers", spec.layers());
    VpcConfig vpc = spec.vpcConfig();
    if (vpc != null) {
      gaps.list("vpcConfig.subnetIds", vpc.subnetIds());
      gaps.list("vpcConfig.securityGroupIds", vpc.securityGroupIds());
    }
    ImageConfig image = spec.imageConfig();
    if (image != null) {
      gaps.list("imageConfig.entryPoint", image.entryPoint());
      gaps.list("imageConfig.command", image.command());
    }
    if (spec.environment() != null) {
      gaps.map("environment.variables", spec.environment().variables());
    }
    gaps.mounts(spec.fileSystemConfigs());
    return gaps.found;
  }

  private void list(String path, @Nullable List<? extends @Nullable Object> items) {
    for (int i = 0; items != null && i < items.size(); i++) {
      present(path + "[" + i + "]", items.get(i));
    }
  }

  private void map(String path, @Nullable Map<String, ? extends @Nullable Object> values) {
    if (values != null) {
      values.forEach((key, value) -> present(path + "." + Sizes.shortened(key), value));
    }
  }

  private void mounts(@Nullable List<? extends @Nullable FileSystemConfig> mounts) {
    for (int i = 0; mounts != null && i < mounts.size(); i++) {
      String path = "fileSystemConfigs[" + i + "]";
      FileSystemConfig mount = mounts.get(i);
      present(path, mount);
      if (mount != null) {
        present(path + ".arn", mount.arn());
        present(path + ".localMountPath", mount.localMountPath());
      }
    }
  }

  private void present(String path, @Nullable Object value) {
    if (value == null) {
      found.add(path + " has no value: give it one, or remove it");
    }
  }
}
