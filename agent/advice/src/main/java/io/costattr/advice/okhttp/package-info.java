/**
 * OkHttp 3.12 to 5: one attempt is one pass of the bridge interceptor, above which bodies are
 * plain.
 */
@NullMarked
package io.costattr.advice.okhttp;

import org.jspecify.annotations.NullMarked;
