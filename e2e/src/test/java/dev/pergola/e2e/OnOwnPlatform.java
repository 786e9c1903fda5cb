package dev.pergola.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Tests that start a platform of their own, because they break it or set it up in another
 * way. They run beside those of the shared platform, one class at a time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("a platform of its own")
@interface OnOwnPlatform {

}
