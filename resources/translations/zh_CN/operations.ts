<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>archive</name>
    <message>
        <source>Check {file}</source>
        <translation>检查 {file}</translation>
    </message>
    <message>
        <source>Import {file}</source>
        <translation>导入 {file}</translation>
    </message>
</context>
<context>
    <name>case-operations</name>
    <message>
        <source>{case} is now at: {stage}</source>
        <translation>{case} 已进入：{stage}</translation>
    </message>
    <message>
        <source>Photographs, scans, videos, measurements ({endings})</source>
        <translation>照片、扫描件、视频、测量资料 ({endings})</translation>
    </message>
    <message>
        <source>Add evidence</source>
        <translation>添加证据</translation>
    </message>
    <message>
        <source>Save the order map</source>
        <translation>保存拆除范围图</translation>
    </message>
    <message>
        <source>Save the demolition order</source>
        <translation>保存拆除决定书</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>{count} file(s) added as evidence</source>
        <translation>已附入 {count} 个文件</translation>
    </message>
    <message>
        <source>{count} file(s) added; there already: {names}</source>
        <translation>已附入 {count} 个文件；已有：{names}</translation>
    </message>
</context>
<context>
    <name>detection</name>
    <message>
        <source>archive</source>
        <translation>档案</translation>
    </message>
    <message>
        <source>Detection {before} – {after}</source>
        <translation>检测 {before} – {after}</translation>
    </message>
    <message>
        <source>Detection is done: no change was found.</source>
        <translation>检测完成：未发现变化。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Detection is done: {count} findings ({by_type}).</source>
        <translation>检测完成：共 {count} 个图斑（{by_type}）。</translation>
    </message>
</context>
<context>
    <name>exports</name>
    <message>
        <source>Export findings</source>
        <translation>导出图斑</translation>
    </message>
    <message>
        <source>Folder for the web map</source>
        <translation>网页地图存放的文件夹</translation>
    </message>
    <message>
        <source>Export weekly report</source>
        <translation>导出周报</translation>
    </message>
    <message>
        <source>Written: {path}</source>
        <translation>已写入：{path}</translation>
    </message>
    <message>
        <source>Export table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>Export {title}</source>
        <translation>导出{title}</translation>
    </message>
    <message>
        <source>Boundary points</source>
        <translation>界址点</translation>
    </message>
</context>
<context>
    <name>photos</name>
    <message>
        <source>Import photographs of {folder}</source>
        <translation>导入照片：{folder}</translation>
    </message>
</context>
<context>
    <name>surveys</name>
    <message>
        <source>Overviews of {survey}</source>
        <translation>建立金字塔：{survey}</translation>
    </message>
    <message>
        <source>Remove survey {name} from the workspace? Its files stay where they are.</source>
        <translation>从工作区移除期次“{name}”？影像文件仍留在原处。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Where is {name}?</source>
        <translation>“{name}”的文件现在何处？</translation>
    </message>
    <message>
        <source>Rasters (*.tif *.tiff *.img *.vrt *.jp2);;All files (*)</source>
        <translation>影像 (*.tif *.tiff *.img *.vrt *.jp2);;所有文件 (*)</translation>
    </message>
</context>
</TS>
