package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.AllowedValues;
import dev.lambdaconfig.api.Environment;
import dev.lambdaconfig.api.FileSystemConfig;
import dev.lambdaconfig.api.ImageConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.VpcConfig;
import dev.lambdaconfig.plan.environment.ReferenceValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the schema makes too, for a manifest that is read from a file, or that an older or
 * another schema accepted. They refuse items and values that are null, which would be sent as the
 * text "null", and unknown values of the operator's own fields, because a misspelt mode must not
 * mean Enforce. Unknown values of AWS's fields pass, because AWS accepts more of them every year
 * (docs/aws.md#runtime-values).
 */
final class SpecValidation {

  private final List<String> problems = new ArrayList<>();

  private SpecValidation() {}

  /** The problems, each with what to write instead; empty where there are none. */
  static List<String> of(LambdaFunctionConfigSpec spec) {
    SpecValidation validation = new SpecValidation();
    validation.checkSettings(spec);
    validation.allowed("mode", spec.mode());
    validation.allowed("deletionPolicy", spec.deletionPolicy());
    validation.allowed("layersPolicy", spec.layersPolicy());
    Environment environment = spec.environment();
    if (environment != null) {
      validation.allowed("environment.policy", environment.policy());
      if (environment.policy() != null && environment.declared() == null) {
        validation.problems.add(
            "environment.policy alone manages nothing: add environment.variables, valuesFrom or"
                + " envFrom (variables: {} removes what was managed), or remove environment");
      }
    }
    if (spec.layersPolicy() != null && spec.layers() == null) {
      validation.problems.add(
          "layersPolicy alone manages nothing: add layers, or remove layersPolicy");
    }
    return validation.problems;
  }

  private void checkSettings(LambdaFunctionConfigSpec spec) {
    list("layers", spec.layers());
    VpcConfig vpc = spec.vpcConfig();
    if (vpc != null) {
      list("vpcConfig.subnetIds", vpc.subnetIds());
      list("vpcConfig.securityGroupIds", vpc.securityGroupIds());
    }
    ImageConfig image = spec.imageConfig();
    if (image != null) {
      list("imageConfig.entryPoint", image.entryPoint());
      list("imageConfig.command", image.command());
    }
    if (spec.environment() != null) {
      map("environment.variables", spec.environment().variables());
      problems.addAll(ReferenceValidation.of(spec.environment()));
    }
    mounts(spec.fileSystemConfigs());
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
      problems.add(path + " has no value: set one, or remove it");
    }
  }

  private void allowed(String path, @Nullable String value) {
    List<String> allowed = AllowedValues.BY_PATH.getOrDefault(path, List.of());
    if (value != null && !allowed.contains(value)) {
      problems.add(path + " must be one of " + String.join(", ", allowed));
    }
  }
}
