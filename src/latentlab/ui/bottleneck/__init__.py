"""The Bottleneck page: one image through latents of every size, and what each size is good for."""
